/**
 * Places in the source, as people write them: `tea.ts:24`.
 *
 * Nothing here asks Node: the same words stand in a page that a browser shows.
 *
 * @module
 */
import type { Location } from '../runtime/events.ts';

/** The lessons' folders: built, and as source maps name it. A page that was saved knows no folders. */
const LESSONS = import.meta.url.startsWith('file:')
  ? ['../examples/', '../../src/examples/'].map((folder) => pathOf(new URL(folder, import.meta.url).href))
  : [];

/**
 * A lesson's file by its name alone, a file below `folder` by its path from there, any other in full.
 */
export function place(location: Location | null | undefined, folder: string): string {
  if (!location) return '';
  return `${fileName(location.file, folder)}:${location.line}`;
}

/** The same of a file. */
export function fileName(file: string, folder: string): string {
  const path = pathOf(file);
  if (LESSONS.some((lessons) => path.startsWith(lessons))) return path.slice(path.search(/[^\\/]*$/));
  return below(path, folder) ?? path;
}

/** A saved run may name files of another system, which this one cannot make a path of. */
function pathOf(file: string): string {
  if (!file.startsWith('file:')) return file;
  try {
    const { host, pathname } = new URL(file);
    // A slash that is part of a name, or a file of another machine.
    if (host !== '' || /%2f/i.test(pathname)) return file;
    const path = decodeURIComponent(pathname);
    return /^\/[a-z]:\//i.test(path) ? path.slice(1).replaceAll('/', '\\') : path;
  } catch {
    return file;
  }
}

/** The path from a folder, if it leads down. */
function below(path: string, folder: string): string | undefined {
  if (folder === '') return undefined;
  const top = /[\\/]$/.test(folder) ? folder : folder + (isWindows(folder) ? '\\' : '/');
  const starts = isWindows(folder) ? path.toLowerCase().startsWith(top.toLowerCase()) : path.startsWith(top);
  return starts ? path.slice(top.length) : undefined;
}

function isWindows(folder: string): boolean {
  return /^([a-z]:\\|\\\\)/i.test(folder);
}
