/**
 * The two streams a command writes to, and what they can show.
 *
 * @module
 */

import { EXIT } from './exit-codes.ts';

/** A stream that lines are put on. */
export interface Sheet {
  out(text: string): void;
  /** Columns, if a person watches. */
  readonly width: number | undefined;
  /** May it be coloured? */
  readonly color: boolean;
}

/** What a command may know of its surroundings. As a sheet it is stdout: the program's output, the story, the log. */
export interface Terminal extends Sheet {
  /** Writes to stderr: errors and warnings. */
  err(text: string): void;
  /** For errors that take more than a line. */
  readonly stderr: Sheet;
  /** Can stdout show more than ASCII? */
  readonly unicode: boolean;
  /** Does a person watch both streams, so that something may move? */
  readonly animated: boolean;
}

/** The part of the environment that decides. */
interface Environment {
  readonly NO_COLOR?: string | undefined;
  readonly FORCE_COLOR?: string | undefined;
  readonly TERM?: string | undefined;
  readonly CI?: string | undefined;
}

/** Narrower than this and nothing can be laid out; it is cut off by the window then. */
const NARROWEST = 30;

/**
 * The terminal of this process.
 *
 * Colour: `--no-color` wins, then `FORCE_COLOR` (`0` turns it off), then `NO_COLOR` (unless it is
 * empty), then `TERM=dumb`; otherwise a terminal is coloured and a pipe is not.
 */
export function openTerminal(wantsColor: boolean): Terminal {
  const env = process.env as Environment;
  const { stdout, stderr } = process;
  const dumb = env.TERM === 'dumb';
  return {
    ...sheet(stdout, wantsColor, env),
    err: (text) => stderr.write(text),
    stderr: sheet(stderr, wantsColor, env),
    unicode: !dumb && env.TERM !== 'linux',
    animated: stdout.isTTY === true && stderr.isTTY === true && !dumb && env.CI === undefined,
  };
}

/** Each stream is judged by itself: one may be a file while somebody watches the other. */
function sheet(stream: NodeJS.WriteStream, wantsColor: boolean, env: Environment): Sheet {
  return {
    out: (text) => stream.write(text),
    width: stream.isTTY && stream.columns > 0 ? Math.max(stream.columns, NARROWEST) : undefined,
    color: wantsColor && mayColor(env, stream.isTTY === true),
  };
}

function mayColor({ NO_COLOR, FORCE_COLOR, TERM }: Environment, isTTY: boolean): boolean {
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTTY && TERM !== 'dumb';
}

/**
 * A reader that has gone (`async-lessons tea | head -1`) ends the process quietly: nobody is left
 * to write for.
 */
export function endWithReader(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(EXIT.ok);
      // A full disk, for example: no bug of ours, so there is no stack to show.
      if (stream === process.stdout) process.stderr.write(`The output cannot be written: ${error.message}\n`);
      process.exit(EXIT.failed);
    });
  }
}
