/**
 * Places in the source, as people write them: `tea.ts:24`.
 *
 * @module
 */
import { basename, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Location } from '../runtime/events.ts';

/** The lessons' folders: built, and as source maps name it. */
const LESSONS = ['../examples/', '../../src/examples/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/**
 * A lesson's file by its name alone, a file below `folder` by its path from there, any other in full.
 */
export function place(location: Location | null | undefined, folder: string): string {
  if (!location) return '';
  return `${shorten(pathOf(location.file), folder)}:${location.line}`;
}

/** A saved run may name files of another system, which this one cannot make a path of. */
function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    return fileURLToPath(file);
  } catch {
    return file;
  }
}

function shorten(path: string, folder: string): string {
  if (LESSONS.some((folder) => path.startsWith(folder))) return basename(path);
  const below = relative(folder, path);
  return below.startsWith('..') ? path : below;
}
