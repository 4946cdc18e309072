/**
 * Files that are there whole or not at all.
 *
 * @module
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { safe } from '../trace/text.ts';

/** A file cannot be written. The message is one sentence for the person who wanted it. */
export class UnwritableError extends Error {}

const REASONS: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `there is no folder ${dirname(path)}`,
  ENOTDIR: (path) => `${dirname(path)} is not a folder`,
  EACCES: () => 'permission denied',
  EPERM: () => 'permission denied',
  EROFS: () => 'the disk is read-only',
  EISDIR: () => 'it is a folder',
  ENOSPC: () => 'the disk is full',
  ENAMETOOLONG: () => 'the name is too long',
};

function unwritable(path: string, error: unknown): UnwritableError {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const why = REASONS[code]?.(path) ?? String(error);
  return new UnwritableError(safe(`cannot write ${path}: ${why}`), { cause: error });
}

/**
 * Finds out whether a file could be written, and leaves nothing behind.
 *
 * @throws {UnwritableError} if not.
 */
export function checkWritable(path: string): void {
  try {
    if (isDevice(path)) return;
    const draft = draftOf(path);
    closeSync(openSync(draft, 'wx'));
    rmSync(draft);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/**
 * Writes a file under another name beside it, and gives it its own name when it is complete. What
 * was there before is replaced then, and not earlier.
 *
 * @throws {UnwritableError} if it cannot be written; nothing is left of it then.
 */
export function writeWhole(path: string, chunks: Iterable<string>): void {
  try {
    if (isDevice(path)) {
      write(path, 'w', chunks);
      return;
    }
    const draft = draftOf(path);
    try {
      write(draft, 'wx', chunks);
      renameSync(draft, path);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** Where it is written until it is complete: in the same folder, so that it can be renamed. */
function draftOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.part`);
}

/** `/dev/null` and pipes have no second name: they are written to as they are. */
function isDevice(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  return found !== undefined && !found.isFile();
}

function write(path: string, flags: 'w' | 'wx', chunks: Iterable<string>): void {
  const file = openSync(path, flags);
  try {
    for (const chunk of chunks) {
      for (let rest = Buffer.from(chunk); rest.length > 0; ) rest = rest.subarray(writeSync(file, rest));
    }
    if (flags === 'wx') fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
