/**
 * The source files that go into a page: the program's own, and nothing else that lies on a disk.
 *
 * A page is there to be passed on, and a saved run may name any file at all. So a file goes in only if
 * it is a source by its name, and lies in a lesson, or below the current folder and in no
 * `node_modules`, wherever links lead. A program that a person has just named goes in from anywhere,
 * with what lies below its folder: that is what was run, and not what somebody's file says was run.
 *
 * @module
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Missing, Source } from '../trace/html/packed.ts';

/** Whose files may be read. */
export interface Own {
  /** Where one stands. */
  readonly folder: string;
  /** The file of the program that was named to be run, if one was. */
  readonly program: string | undefined;
}

const LESSONS = fileURLToPath(new URL('../../src/examples/', import.meta.url));

const SOURCE = /\.[cm]?[jt]sx?$/;

/** What is larger was not written to be read, in bytes. */
const LARGEST = 256 * 1024;

/** What is in a file, or why it is not to be had, or not to be passed on. */
export function readSource(file: string, own: Own): Source {
  const path = pathOf(file);
  const why = path === undefined ? 'elsewhere' : foreign(path, own);
  if (path === undefined || why !== undefined) return without(why ?? 'elsewhere');
  if (!SOURCE.test(path)) return without('name');
  try {
    const found = statSync(path);
    // A pipe would be waited for.
    if (!found.isFile()) return without('unreadable');
    if (found.size > LARGEST) return without('large');
    return { text: readFileSync(path, 'utf8'), missing: null };
  } catch {
    return without('unreadable');
  }
}

function without(missing: Missing): Source {
  return { text: null, missing };
}

/** Where links lead; undefined if it is no path of this machine. */
function pathOf(file: string): string | undefined {
  try {
    return behindLinks(file.startsWith('file:') ? fileURLToPath(file) : file);
  } catch {
    return undefined;
  }
}

/** If there is nothing, the path as it is: whether there is something is not for everybody to know. */
function behindLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** Why a file is none of those that may be read; undefined if it is one. */
function foreign(path: string, { folder, program }: Own): Missing | undefined {
  if (partsBelow(path, behindLinks(LESSONS)) !== undefined) return undefined;
  const named = program === undefined ? undefined : behindLinks(program);
  if (path === named) return undefined;
  const folders = [behindLinks(folder), ...(named === undefined ? [] : folderOf(named))];
  const ways = folders.flatMap((each) => partsBelow(path, each) ?? []);
  if (ways.length === 0) return 'elsewhere';
  return ways.includes('node_modules') ? 'package' : undefined;
}

/** The folder that is a program's own. One that holds a home, or belongs to a package, is more than that. */
function folderOf(program: string): string[] {
  const folder = dirname(program);
  const isShared = partsBelow(behindLinks(homedir()), folder) !== undefined;
  return isShared || folder.split(sep).includes('node_modules') ? [] : [folder];
}

/** The parts of the way from a folder down to a path, if that leads down. */
function partsBelow(path: string, folder: string): string[] | undefined {
  const parts = relative(folder, path).split(sep);
  return parts[0] === '..' || path === parts.join(sep) ? undefined : parts;
}
