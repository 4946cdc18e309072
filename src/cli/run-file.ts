/**
 * `run`: a program of a person's own, with everything that lessons have.
 *
 * @module
 */
import { basename, resolve } from 'node:path';
import { safe } from '../trace/text.ts';
import { EXIT } from './exit-codes.ts';
import { loadProgram, ProgramError } from './load-program.ts';
import { type Program, type RunOptions, runProgram } from './run-lesson.ts';
import type { Terminal } from './terminal.ts';

/**
 * Runs a file. Answers the exit code.
 *
 * @param args what the program finds behind its name in `process.argv`.
 * @throws {UnwritableError} before anything runs, if a file that is to be saved cannot be written.
 */
export async function runFile(
  path: string,
  args: readonly string[],
  options: RunOptions,
  terminal: Terminal,
  version: string,
): Promise<number> {
  const stdout = new SharedStdout(options.save?.includes('-') === true);
  const program: Program = {
    lesson: null,
    name: basename(path),
    // As it is now: a program may go to another folder.
    file: resolve(path),
    prepare: async (flush) => {
      stdout.share(flush);
      return { main: await loadProgram(path, args) };
    },
  };
  try {
    return await runProgram(program, options, { ...terminal, out: (text) => stdout.write(text) }, version);
  } catch (error) {
    if (!(error instanceof ProgramError)) throw error;
    const { cause } = error;
    const text = process.env.DEBUG && cause instanceof Error ? (cause.stack ?? error.message) : error.message;
    terminal.err(`${safe(text)}\n`);
    return EXIT.failed;
  }
}

/**
 * A program that says something with `console.log` writes to the stdout that the story goes to. What
 * was told before comes out before; and where stdout is a file that is saved, it is not in the middle
 * of it, but on stderr.
 */
class SharedStdout {
  readonly write = process.stdout.write.bind(process.stdout);
  readonly #isFile: boolean;

  constructor(isFile: boolean) {
    this.#isFile = isFile;
  }

  /** @param flush writes what waits to be written. */
  share(flush: () => void): void {
    process.once('exit', flush);
    const write = (this.#isFile ? process.stderr.write.bind(process.stderr) : this.write) as typeof this.write;
    process.stdout.write = ((...args: Parameters<typeof this.write>) => {
      flush();
      return write(...args);
    }) as typeof this.write;
  }
}
