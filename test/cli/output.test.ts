import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lessons } from '../../src/examples/index.ts';
import { cli, shell } from '../support/cli.ts';
import { perform } from '../support/perform.ts';

/** Every lesson that needs no sockets, as it is and as one plays with it. */
const VIRTUAL: readonly (readonly string[])[] = [
  ['tea'],
  ['recipe'],
  ['recipe', '--guests', '5s'],
  ['dinner'],
  ['errors'],
  ['errors', '--open'],
  ['channel'],
  ['channel', '--capacity', '1', '--every', '0', '--consume', '1s'],
  ['select'],
  ['select', '--cache', '4s'],
  ['counter'],
  ['counter', '--no-lock'],
  ['counter', '--tasks', '40'],
];

describe.concurrent('show', () => {
  it.each(lessons)('prints the program of $name to the letter, where nobody watches', async ({ name, file }) => {
    const source = readFileSync(new URL(`../../src/examples/${file}`, import.meta.url), 'utf8');

    expect(await cli(['show', name])).toEqual({ code: 0, out: source, err: '' });
  });
});

describe.concurrent('--quiet', () => {
  it.each(lessons.filter(({ onlyReal }) => onlyReal === undefined))(
    'leaves of $name what its program prints, and nothing else',
    async (lesson) => {
      const { events } = await perform(lesson);
      const printed = events.flatMap((event) => (event.kind === 'print' ? [event.text] : []));

      const ended = await cli([lesson.name, '--instant', '--quiet']);

      expect(ended).toEqual({ code: 0, out: `${printed.join('\n')}\n`, err: '' });
    },
  );

  it('is -q for short, and does not go with --trace', async () => {
    const [short, trace] = await Promise.all([
      cli(['tea', '--instant', '-q']),
      cli(['tea', '--instant', '-q', '--trace']),
    ]);

    expect(short).toEqual({ code: 0, out: 'Putting the kettle on.\nWater boiled. Making tea.\n', err: '' });
    expect(trace).toMatchObject({ code: 2, out: '' });
    expect(trace.err).toContain('--quiet and --trace exclude each other');
  });

  it('says the same on the real clock', async () => {
    expect(await cli(['tea', '--boil', '10ms', '-q'])).toEqual({
      code: 0,
      out: 'Putting the kettle on.\nWater boiled. Making tea.\n',
      err: '',
    });
  });
});

describe.concurrent('--instant', () => {
  it.each(VIRTUAL.flatMap((args) => [[args], [[...args, '--trace']]]))(
    'prints the very same each time: %j',
    async (args) => {
      const [first, second] = await Promise.all([cli([...args, '--instant']), cli([...args, '--instant'])]);

      expect(first).toEqual(second);
      expect([first.code, first.err]).toEqual([0, '']);
      expect(first.out.length).toBeGreaterThan(80);
    },
  );

  it('prints the very same with the same --seed, and not with every other one', async () => {
    const tie = ['select', '--instant', '--trace', '--network', '1s', '--cache', '1s', '--seed'];
    const runs = await Promise.all(['1', '1', '2', '3', '4', '5', '6', '7', '8'].map((seed) => cli([...tie, seed])));

    expect(runs[0]).toEqual(runs[1]);
    const results = new Set(runs.map(({ out }) => /Result: .*/.exec(out)?.[0]));
    expect(results).toEqual(new Set(['Result: Data from network', 'Result: Data from cache']));
  });

  it('takes no time, however long it takes', async () => {
    const { code, out } = await cli(['tea', '--boil', '24h', '--instant']);

    expect(code).toBe(0);
    expect(out).toMatch(/^86400\.000 s on the virtual clock/m);
  });

  it('tells the story of the real clock, but for the times', async () => {
    // So long that a busy machine is done with a message before the next one is due.
    const args = ['channel', '--messages', '2', '--every', '700ms', '--seed', '1'];
    const [real, instant] = await Promise.all([cli(args), cli([...args, '--instant'])]);

    expect(untimed(real.out)).toEqual(untimed(instant.out));
  });
});

/** A story without times and figures. */
function untimed(story: string): string[] {
  return story
    .split('\n\n')[0]
    ?.split('\n')
    .map((line) => line.slice(12)) as string[];
}

describe.concurrent('the story', () => {
  it('ends with one line of figures from this run', async () => {
    const { out } = await cli(['channel', '--instant']);

    const [, figures] = out.split('\n\n');
    expect(figures).toBe('5.000 s on the virtual clock · main and 1 task on one thread · 13 polls\n');
  });

  it('says on the real clock how long the thread was busy', async () => {
    const { out } = await cli(['tea', '--boil', '300ms']);

    expect(out).toMatch(
      /\n\n0\.\d{3} s · main alone · 2 polls · thread busy for \d+\.\d\d ms \(\d+\.\d %\)\n(?:\n▲|$)/,
    );
  });

  it('goes to stdout, and leaves stderr to mistakes', async () => {
    const [lesson, mistake] = await Promise.all([
      shell('$CLI channel --instant 2>/dev/null'),
      shell('$CLI channel --capacity 0 2>/dev/null'),
    ]);

    expect(lesson.out).toContain('All messages received.');
    expect(mistake).toEqual({ code: 2, out: '', err: '' });
  });
});

/** A million of anything takes its time on a slow machine. */
const PATIENCE_MS = 110_000;

describe.concurrent('a million messages', () => {
  it('pass with -q, in little memory, one line each', { timeout: PATIENCE_MS }, async () => {
    const limits = { node: ['--max-old-space-size=100'] };

    const { code, out, err } = await cli(
      ['channel', '--messages', '1_000_000', '--every', '0', '--instant', '-q'],
      limits,
    );

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.endsWith('Received: Message 1000000\nAll messages received.\n')).toBe(true);
    expect(out.match(/\n/g)).toHaveLength(1_000_001);
  });

  it('pass on the real clock to a reader who is slower', { timeout: PATIENCE_MS }, async () => {
    const line = '$CLI channel --messages 200_000 --every 0 -q | (sleep 0.5; tail -1)';

    const { code, out, err } = await shell(line, { env: { NODE_OPTIONS: '--max-old-space-size=60' } });

    expect({ code, out, err }).toEqual({ code: 0, out: 'All messages received.\n', err: '' });
  });

  it('fit as a story into little memory as well: a fiftieth of them', { timeout: PATIENCE_MS }, async () => {
    const limits = { node: ['--max-old-space-size=60'] };

    const { code, out, err } = await cli(['channel', '--messages', '20_000', '--every', '0', '--instant'], limits);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.match(/Received: Message /g)).toHaveLength(20_000);
  });
});

describe.concurrent('a reader who has gone', () => {
  it.each([
    'tea --instant',
    'tea --boil 20ms',
    'channel --instant --trace',
    'channel --messages 300000 --every 0 --instant',
    'channel --messages 300000 --every 0 -q',
    'server --port 0 --clients 5',
    'show server',
    '--help',
    'list',
  ])('ends `%s | head -1` quietly', async (args) => {
    const { code, out, err } = await shell(`$CLI ${args} | head -1`);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^[^\n]+\n$|^\n$/);
  });

  it('ends a run that would go on for long', async () => {
    const { out, err } = await shell(
      '{ $CLI channel --messages 100000000 --every 0; echo "ended with $?" >&2; } | head -1',
    );

    expect(out).toMatch(/spawned by main\n$/);
    expect(err).toBe('ended with 0\n');
  });

  it.runIf(existsSync('/dev/full'))('is one thing, a full disk another: it is told in a sentence', async () => {
    const { code, err } = await shell('$CLI tea --instant > /dev/full');

    expect(code).toBe(1);
    expect(err).toMatch(/^[^\n]*ENOSPC[^\n]*\n$/);
  });

  it('of stderr is no reason to make a noise either', async () => {
    const { err } = await shell('{ $CLI nonsense; $CLI help nonsense; } 2>&1 >/dev/null | head -1');

    expect(err).toBe('');
  });
});
