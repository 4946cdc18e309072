/**
 * `view`: a run that was saved, shown as if it went on now.
 *
 * @module
 */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { lessons } from '../examples/index.ts';
import { readJsonl, TraceFileError } from '../trace/files/jsonl.ts';
import { safe } from '../trace/text.ts';
import { EXIT } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';
import { Viewer, type ViewOptions } from './viewer.ts';

/** So much is read at once, in bytes. */
const CHUNK = 1 << 16;

/** So many events are shown before the terminal gets them. */
const EVENTS_A_TURN = 2000;

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
};

function* chunksOf(path: string): Generator<Uint8Array, void, undefined> {
  const file = path === '-' ? 0 : openSync(path, 'r');
  try {
    for (;;) {
      const chunk = new Uint8Array(CHUNK);
      const length = readSync(file, chunk);
      if (length === 0) return;
      yield chunk.subarray(0, length);
    }
  } finally {
    if (file !== 0) closeSync(file);
  }
}

/**
 * Shows a saved run. Answers the exit code, which is that of the view, not that of the run.
 *
 * @throws {UnwritableError} if a file that is to be saved cannot be written.
 */
export async function viewRun(
  path: string,
  options: ViewOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  try {
    const { header, events, warnings } = readJsonl(chunksOf(path));
    const lesson = lessons.find(({ name }) => name === header.lesson);
    const viewer = await Viewer.on(
      terminal,
      options,
      { package: version, lesson: header.lesson, name: header.lesson ?? (path === '-' ? 'a run' : basename(path)) },
      lesson === undefined ? undefined : { lesson },
    );
    for (const warning of warnings) terminal.err(`${safe(warning)}\n`);
    for (const [i, event] of events.entries()) {
      viewer.event(event);
      // What is still being loaded gets its chance.
      if (i % EVENTS_A_TURN === 0) await new Promise(setImmediate);
    }
    return await viewer.end(viewer.world.outcome === 'stopped' ? 'stopped' : 'whole');
  } catch (error) {
    const reason = REASONS[(error as NodeJS.ErrnoException).code ?? ''];
    if (!(error instanceof TraceFileError) && reason === undefined) throw error;
    const why = reason ?? (error as Error).message;
    terminal.err(`cannot view ${safe(path)}: ${why}\n`);
    return EXIT.failed;
  }
}
