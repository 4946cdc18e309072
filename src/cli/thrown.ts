/**
 * What a program of a person's own threw, and where: any value, from any code.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import { place } from '../trace/places.ts';

/** Our own code, as it is built and as source maps name it: not where a person has to look. */
const OURS: readonly string[] = ['../', '../../src/'].flatMap((folder) => {
  const { href } = new URL(folder, import.meta.url);
  return [href, fileURLToPath(href)];
});

/** A line of a stack: the file, the line and the column at its end. */
const FRAME = /^\s+at (?:.*\()?((?:file:\/\/)?\/.*|[A-Za-z]:\\.*):(\d+):(\d+)\)?$/;

/** ` at mine.js:12`: where in the program it was thrown, or nothing if that is not known. */
export function placeThrown(thrown: unknown): string {
  if (!(thrown instanceof Error) || typeof thrown.stack !== 'string') return '';
  for (const row of thrown.stack.split('\n')) {
    const [, file, line, column] = FRAME.exec(row) ?? [];
    if (file === undefined || OURS.some((folder) => file.startsWith(folder))) continue;
    return ` at ${place({ file, line: Number(line), column: Number(column), fn: '' }, process.cwd())}`;
  }
  return '';
}

/** What it says: JavaScript can throw anything, also what has no words. */
export function wordsOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? thrown.message : String(thrown);
  } catch {
    return Object.prototype.toString.call(thrown);
  }
}
