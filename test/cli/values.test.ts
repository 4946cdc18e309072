import { describe, expect, it } from 'vitest';
import { cli } from '../support/cli.ts';

const DURATION = 'Give a duration of zero or more, such as 2s, 500ms or 250 (milliseconds).';
const COUNT = 'Give a whole number, 0 or more.';
const PORT = 'Give a port from 1 to 65535, or 0 for any free one.';
const SEED = 'Give a whole number from 0 to 4294967295.';
const PERCENT = 'Give a percentage from 0% to 100%, such as 5%.';
const SPEED = 'Give a number above 0, such as 10 for ten times as fast.';

const BAD: readonly (readonly [string, string, readonly string[], string])[] = [
  ['tea', '--boil', ['-1', '-1s', '', ' ', 'NaN', 'Infinity', 'soon', '2x', '1e3', '1,5s'], DURATION],
  ['tea', '--boil', ['99999999h'], 'Give a duration of up to 30 years.'],
  ['channel', '--every', ['-1'], DURATION],
  ['channel', '--consume', ['later'], DURATION],
  ['select', '--network', ['-0.5s'], DURATION],
  ['counter', '--wait', ['NaN'], DURATION],
  ['channel', '--messages', ['-1', '1.5', '', 'many', '9007199254740993'], COUNT],
  ['channel', '--capacity', ['0', '-1', '1.5'], 'Give a whole number, 1 or more.'],
  ['counter', '--tasks', ['-1', 'ten'], COUNT],
  ['server', '--clients', ['-1', '1.5'], COUNT],
  ['threads', '--threads', ['1', '2001', 'many'], 'Give a whole number, from 2 to 2000.'],
  ['scraper', '--fail', ['-1%', '101%', '5 percent', '%', '', '1e1'], PERCENT],
  ['scraper', '--pages', ['0', '5001'], 'Give a whole number, from 1 to 5000.'],
  ['server', '--port', ['-1', '65536', '8080.5', 'http'], PORT],
  ['server', '--host', ['', ' '], 'It must not be empty.'],
  ['select', '--seed', ['-1', '1.5', '4294967296', 'lucky'], SEED],
  ['tea', '--speed', ['0', '-1', 'Infinity', 'fast'], SPEED],
];

const CASES = BAD.flatMap(([lesson, option, values, advice]) =>
  values.map((value) => ({ lesson, option, value, advice })),
);

/** Durations, and the milliseconds that they are. */
const GOOD: readonly (readonly [string, string])[] = [
  ['0', '0.000'],
  ['0s', '0.000'],
  ['0ms', '0.000'],
  ['2s', '2.000'],
  ['500ms', '0.500'],
  ['1.5s', '1.500'],
  ['.5s', '0.500'],
  ['250', '0.250'],
  ['2 s', '2.000'],
  ['2m', '120.000'],
  ['1h', '3600.000'],
];

describe.concurrent('a value that makes no sense', () => {
  it.each(CASES)('is refused in a sentence: $lesson $option "$value"', async ({ lesson, option, value, advice }) => {
    const { code, out, err } = await cli([lesson, `${option}=${value}`]);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/^[^\n]+\n\(--help shows what there is\)\n$/);
    expect(err).toContain(`argument '${value}' is invalid. ${advice}\n`);
  });

  it('is refused as well where it stands apart from its option', async () => {
    const [apart, together] = await Promise.all([cli(['tea', '--boil', '-1s']), cli(['tea', '--boil=-1s'])]);

    expect(apart.code).toBe(2);
    expect(apart).toEqual(together);
  });
});

describe.concurrent('options that contradict each other', () => {
  it.each([
    [['tea', '--instant', '--speed', '2'], '--instant and --speed exclude each other: the virtual clock has no speed.'],
    [
      ['server', '--instant'],
      'The server lesson needs real sockets, and they take real time: run it without --instant.',
    ],
    [
      ['server', '--instant', '--trace', '--clients', '3'],
      'The server lesson needs real sockets, and they take real time: run it without --instant.',
    ],
  ])('%j are refused in a sentence, and run nothing', async (args, sentence) => {
    const { code, out, err } = await cli(args);

    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toBe(`${sentence}\n(--help shows what there is)\n`);
  });
});

describe.concurrent('a value that makes sense', () => {
  it.each(GOOD)('is a duration as people write them: %s is %s s', async (text, seconds) => {
    const { code, out, err } = await cli(['tea', '--instant', '--boil', text]);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^ *${seconds} s {2}main +Water boiled\\.`, 'm'));
  });

  it.each(['1_000', '1,000', '1000'])('is a count as people write them: %s', async (text) => {
    const { code, out } = await cli(['counter', '--instant', '-q', '--tasks', text]);

    expect({ code, out }).toEqual({ code: 0, out: 'Final count: 1000\n' });
  });

  it.each([
    ['tea', ['--boil', '0']],
    ['channel', ['--every', '0', '--consume', '0', '--messages', '0']],
    ['select', ['--network', '0', '--cache', '0', '--timeout', '0']],
    ['counter', ['--tasks', '0', '--wait', '0']],
  ])('may be zero: %s %j', async (lesson, options) => {
    const { code, err } = await cli([lesson, '--instant', ...options]);

    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it.each(['0', '4294967295'])('is a seed: %s', async (seed) => {
    const { code, out } = await cli(['select', '--instant', '--trace', '--seed', seed]);

    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(new RegExp(`started +clock virtual, speed 1, seed ${seed}$`));
  });

  it('may stand before or after the others', async () => {
    const [before, after] = await Promise.all([
      cli(['--no-color', 'tea', '--instant', '--boil=1s', '-q']),
      cli(['tea', '-q', '--boil', '1s', '--instant', '--no-color']),
    ]);

    expect(before).toEqual(after);
    expect(before.code).toBe(0);
  });
});
