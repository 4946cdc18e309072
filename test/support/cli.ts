/**
 * The command line as a person meets it: a process of its own, with its exit code and its streams.
 *
 * @module
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The command's file. */
const BIN = `${ROOT}bin/async-lessons.js`;

/** Nothing here takes that long; what does is stuck. */
const PATIENCE_MS = 100_000;

/** How a process ended. */
export interface Ended {
  /** The exit code, or the signal that ended it. */
  readonly code: number | NodeJS.Signals | null;
  /** A story may end with findings: on a machine with much to do a task waits for the thread, or keeps it, for long. */
  readonly out: string;
  readonly err: string;
}

/** Where a process runs. */
export interface Surroundings {
  /** What else is in its environment: of ours it inherits nothing but the path. */
  readonly env?: Readonly<Record<string, string>>;
  /** Options for Node itself. */
  readonly node?: readonly string[];
  readonly cwd?: string;
  readonly bin?: string;
}

/** A process that runs. */
export class Running {
  out = '';
  err = '';
  /** Settles when it has ended and its streams are closed. */
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;

  constructor(command: string, args: readonly string[], { env = {}, cwd = ROOT }: Surroundings = {}) {
    const surroundings = { PATH: process.env.PATH, TERM: 'xterm-256color', LANG: 'C.UTF-8', ...env };
    const child = spawn(command, args, { cwd, env: surroundings, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    alive.add(child);
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      this.out += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      this.err += chunk;
    });
    const patience = globalThis.setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        clearTimeout(patience);
        alive.delete(child);
        resolve({ code: code ?? signal, out: this.out, err: this.err });
      });
    });
  }

  /** Waits until it has printed something, and answers the match. Fails if it ends before. */
  async prints(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.out);
      if (match !== null) return match;
      const ended = await Promise.race([this.ended, setTimeout(5, undefined)]);
      if (ended !== undefined && !pattern.test(ended.out)) {
        throw new Error(`it ended with ${ended.code} and never printed ${pattern}: ${ended.out}${ended.err}`);
      }
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}

const alive = new Set<ChildProcess>();

beforeAll(() => {
  if (!existsSync(`${ROOT}dist/cli/main.js`)) throw new Error('dist/ is missing: run `npm run build` first');
});

afterAll(() => {
  for (const child of alive) child.kill('SIGKILL');
});

/** Starts the command. */
export function start(args: readonly string[], surroundings: Surroundings = {}): Running {
  const { node = [], bin = BIN } = surroundings;
  return new Running(process.execPath, [...node, bin, ...args], surroundings);
}

/** Runs the command to its end: `await cli(['tea', '--instant'])`. */
export function cli(args: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
  return start(args, surroundings).ended;
}

/** Runs a line of shell; `$CLI` in it is the command. */
export function shell(line: string, surroundings: Surroundings = {}): Promise<Ended> {
  const command = `${quoted(process.execPath)} ${quoted(BIN)}`;
  return new Running('sh', ['-c', line.replaceAll('$CLI', command)], surroundings).ended;
}

function quoted(text: string): string {
  return `'${text}'`;
}

function has(command: string, ...args: readonly string[]): boolean {
  return spawnSync(command, args).status === 0;
}

/** What can make a terminal on this machine, if something can. */
export const terminalMaker = has('script', '--version')
  ? 'script'
  : has('python3', '-c', 'import pty')
    ? 'python3'
    : undefined;

/** Runs the command in a real terminal. Both streams arrive as one, as on a screen. */
export function inTerminal(args: readonly string[], columns = 100, surroundings: Surroundings = {}): Promise<Ended> {
  const command = [process.execPath, BIN, ...args].map(quoted).join(' ');
  const line = `stty cols ${columns} rows 40; exec ${command}`;
  if (terminalMaker === 'script') {
    return new Running('script', ['-qec', line, '/dev/null'], surroundings).ended;
  }
  const make = 'import pty, os, sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(["sh", "-c", sys.argv[1]])))';
  return new Running('python3', ['-c', make, line], surroundings).ended;
}
