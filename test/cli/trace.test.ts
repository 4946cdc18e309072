import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { unclean } from '../support/views.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const EXAMPLES = join(ROOT, 'src/examples');

/** The lines of every program, by the name of its file. */
const SOURCES = new Map(
  readdirSync(EXAMPLES, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [basename(file), readFileSync(join(EXAMPLES, file), 'utf8').split('\n')]),
);

const RUNS = [
  ['tea', '--instant'],
  ['tea', '--boil', '20ms'],
  ['recipe', '--instant'],
  ['recipe', '--instant', '--guests', '5s'],
  ['dinner', '--instant'],
  ['dinner', '--broken', '--kettle', '10ms', '--chopping', '20ms'],
  ['errors', '--instant'],
  ['errors', '--instant', '--open'],
  ['channel', '--instant'],
  ['channel', '--instant', '--capacity', '1', '--every', '0', '--consume', '1s'],
  ['channel', '--messages', '2', '--every', '5ms'],
  ['select', '--instant'],
  ['select', '--instant', '--network', '500ms'],
  ['select', '--instant', '--cache', '4s'],
  ['select', '--network', '30ms', '--cache', '10ms'],
  ['counter', '--instant'],
  ['counter', '--instant', '--no-lock'],
  ['counter', '--instant', '--wait', '0'],
  ['counter', '--tasks', '3'],
  ['server', '--port', '0', '--clients', '5'],
].map((args) => ({ args, title: args.join(' ') }));

const EVENTS = [
  ...['started', 'parked', 'unparked', 'finished'],
  ...['spawned', 'poll', 'pending', 'ready', 'panicked', 'aborted', 'woken', 'completed', 'cancelled'],
  ...['timer', 'channel', 'oneshot', 'mutex', 'notify', 'select', 'promise', 'listener', 'socket', 'signal'],
  ...['print', 'unawaited', 'unjoined'],
].join('|');

/** Time, task, event and detail. */
const LINE = new RegExp(`^ *(\\d+\\.\\d{3}) {2}(\\S+(?: \\S+)*) {2,}(${EVENTS})(?: {2,}(\\S.*))?$`);

interface Entry {
  readonly line: string;
  readonly at: number;
  readonly task: string;
  readonly event: string;
  readonly detail: string;
}

/** What was printed for each line of options: every run is looked at from several sides. */
const printed = new Map<string, Promise<string>>();

function log(args: readonly string[]): Promise<string> {
  const key = args.join(' ');
  const known = printed.get(key);
  if (known !== undefined) return known;
  const run = cli([...args, '--trace']).then(({ code, out, err }) => {
    expect([code, err]).toEqual([0, '']);
    return out;
  });
  printed.set(key, run);
  return run;
}

async function trace(args: readonly string[]): Promise<Entry[]> {
  const out = await log(args);
  return out.split('\n').flatMap((line) => {
    const [matched, at, task = '', event = '', detail = ''] = LINE.exec(line) ?? [];
    return matched === undefined ? [] : [{ line, at: Number(at), task, event, detail }];
  });
}

/** The source line that `at tea.ts:15` names. */
function source(file: string, line: number): string | undefined {
  return SOURCES.get(file)?.[line - 1];
}

describe.concurrent.each(RUNS)('the log of `$title`', ({ args }) => {
  it('is one event a line, in columns, and nothing else', async () => {
    const others = (await log(args)).split('\n').filter((line) => !LINE.test(line));
    expect(others).toEqual(['']);
  });

  it('keeps the columns where they are', async () => {
    for (const { line, task, event } of await trace(args)) {
      const [first, second] = [line.indexOf(task, 10), line.indexOf(event, 24)];
      expect([first, second], line).toEqual([12, 24]);
    }
  });

  it('begins with the start and ends with the end, and time goes forward', async () => {
    const entries = await trace(args);

    expect([entries[0]?.event, entries.at(-1)?.event]).toEqual(['started', 'finished']);
    const times = entries.map(({ at }) => at);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('names TypeScript files, and no compiled ones', async () => {
    const out = await log(args);

    expect(out).not.toMatch(/\.js\b|dist\/|node:|file:/);
    expect(unclean(out)).toEqual([]);
  });

  it('names the very line of every wait', async () => {
    const waits = (await trace(args)).filter(({ event }) => event === 'pending').flatMap(waitsOf);

    expect(waits.length > 0, 'only who does not wait has no waits').toBe(!args.includes('--wait'));
    for (const { op, file, line } of waits) {
      const code = source(file, line);
      expect(code, `${op} at ${file}:${line}`).toContain('yield*');
      if (!/^(join|fromPromise|ctrlC)/.test(op)) expect(code).toContain(`${op.slice(0, op.indexOf('('))}(`);
    }
  });

  it('polls a task after it was spawned or woken, and not otherwise', async () => {
    const ready = new Set<string>();

    for (const { event, task, line } of await trace(args)) {
      if (event === 'spawned' || event === 'woken') ready.add(task);
      if (event === 'poll') expect(ready.delete(task), line).toBe(true);
    }
  });
});

describe.concurrent.each(RUNS.filter(({ args }) => !['tea', 'recipe', 'select'].includes(args[0] as string)))(
  'the log of `$title`',
  ({ args }) => {
    it('names the very line of every spawn', async () => {
      const spawns = (await trace(args)).filter(({ event, task }) => event === 'spawned' && task !== 'main');

      expect(spawns).not.toEqual([]);
      for (const { detail } of spawns) {
        const [, file = '', line] = /^by main at (\w+\.ts):(\d+)$/.exec(detail) ?? [];
        expect(source(file, Number(line)), detail).toContain('spawn(');
      }
    });
  },
);

/** `recv() on channel 1 at channel.ts:33 and sleep(1s) at channel.ts:12`, taken apart. */
function waitsOf({ detail }: Entry): { op: string; file: string; line: number }[] {
  return detail
    .replace(/^#\d+ on /, '')
    .replace(/, busy [\d.]+$/, '')
    .split(' and ')
    .map((wait) => {
      const [, op, file, line] = /^(\w+\(.*\))(?: on \w+ \d+)? at (\w+\.ts):(\d+)$/.exec(wait) ?? [];
      if (op === undefined || file === undefined) throw new Error(`no place: ${wait}`);
      return { op, file, line: Number(line) };
    });
}

describe.concurrent('the log', () => {
  it('says how long each poll had the thread, on the real clock', async () => {
    const ends = (await trace(['tea', '--boil', '300ms'])).filter(
      ({ event }) => event === 'pending' || event === 'ready',
    );

    expect(ends).toHaveLength(2);
    for (const { detail } of ends) expect(detail).toMatch(/, busy \d+\.\d{3}$/);
  });

  it('says with which seed to have the same choices again', async () => {
    const seeded = ['select', '--network', '5ms', '--cache', '5ms'];
    const [{ detail } = { detail: '' }] = await trace(seeded);

    const seed = /seed (\d+)$/.exec(detail)?.[1] as string;
    expect((await trace([...seeded, '--seed', seed]))[0]?.detail).toBe(detail);
  });

  it('names the same places from wherever one looks', async () => {
    const args = ['tea', '--instant', '--trace'];
    const [here, there, inside] = await Promise.all([
      cli(args),
      cli(args, { cwd: tmpdir() }),
      cli(args, { cwd: join(EXAMPLES, 'tea') }),
    ]);

    expect(there).toEqual(here);
    expect(inside).toEqual(here);
  });

  it.each(['a folder with spaces', 'a/dist/of things', 'Größe #1 100%'])(
    'names the same places installed in `%s`',
    async (name) => {
      const bin = join(install(name), 'bin/async-lessons.js');

      const { out } = await cli(['tea', '--instant', '--trace'], { bin });

      expect(out).toBe(await log(['tea', '--instant']));
    },
  );
});

const installed = mkdtempSync(join(tmpdir(), 'async-lessons-'));
afterAll(() => rmSync(installed, { recursive: true, force: true }));

/** Puts a copy of the package into a folder. */
function install(name: string): string {
  const folder = join(installed, name);
  for (const part of ['bin', 'dist', 'src', 'package.json'])
    cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}
