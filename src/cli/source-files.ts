/**
 * The source files that go into a page: the program's own, and nothing else that lies on a disk.
 *
 * A page is there to be passed on, and a saved run may name any file at all. So a file goes in only if
 * it is a source by its name, and lies in a lesson, or below the current folder and in no
 * `node_modules`, wherever links lead.
 *
 * @module
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const LESSONS = fileURLToPath(new URL('../../src/examples/', import.meta.url));

const SOURCE = /\.[cm]?[jt]sx?$/;

/** What is larger was not written to be read, in bytes. */
const LARGEST = 256 * 1024;

/** What is in a file; null if it cannot be read, or is not to be passed on. */
export function readSource(file: string, folder: string): string | null {
  try {
    const path = realpathSync(file.startsWith('file:') ? fileURLToPath(file) : file);
    if (!SOURCE.test(path) || !isOwn(path, folder)) return null;
    if (statSync(path).size > LARGEST) return null;
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function isOwn(path: string, folder: string): boolean {
  const below = partsBelow(path, folder);
  return partsBelow(path, LESSONS) !== undefined || (below !== undefined && !below.includes('node_modules'));
}

/** The parts of the way from a folder down to a path, if that leads down. */
function partsBelow(path: string, folder: string): string[] | undefined {
  const parts = relative(realpathSync(folder), path).split(sep);
  return parts[0] === '..' || path === parts.join(sep) ? undefined : parts;
}
