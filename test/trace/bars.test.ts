import { describe, expect, it } from 'vitest';
import { bars, type Group } from '../../src/trace/bars.ts';
import { textOf } from '../support/views.ts';

const MEANINGS = { waiting: 'waiting', running: 'working', ready: 'overdue' };

const TWO: readonly Group[] = [
  {
    title: 'First: 4 s',
    bars: [
      { name: 'tea', stretches: [{ from: 0, to: 2000, state: 'waiting' }] },
      { name: 'cake', stretches: [{ from: 2000, to: 4000, state: 'running' }] },
    ],
  },
  {
    title: 'Then: 2 s',
    bars: [
      {
        name: 'tea',
        stretches: [
          { from: 0, to: 1000, state: 'waiting' },
          { from: 1000, to: 2000, state: 'ready' },
        ],
      },
    ],
  },
];

function drawn(groups: readonly Group[], { width = 60, unicode = true } = {}): string {
  return bars(groups, MEANINGS, { width, unicode, folder: '' }).map(textOf).join('\n');
}

describe('bars', () => {
  it('stand under one axis, so that groups can be compared', () => {
    expect(drawn(TWO)).toMatchInlineSnapshot(`
      "        0 s         1 s         2 s         3 s         4 s
              ┬───────────┬───────────┬───────────┬───────────┬───
      First: 4 s
        tea   ────────────────────────
        cake                          ████████████████████████
      Then: 2 s
        tea   ────────────▒▒▒▒▒▒▒▒▒▒▒▒
      ─ waiting   █ working   ▒ overdue"
    `);
  });

  it('are drawn in ASCII where that is all there is', () => {
    expect(drawn(TWO, { unicode: false })).toMatch(/^[\n -~]+$/);
  });

  it.each([20, 40, 80, 200])('fit into %i columns', (width) => {
    const lines = drawn(TWO, { width }).split('\n').slice(0, -1);

    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
  });

  it('have the length of their time, to a column', () => {
    const text = drawn(TWO, { width: 200 }).split('\n');
    const [waiting, running] = [text[3]?.match(/─/g)?.length ?? 0, text[4]?.match(/█/g)?.length ?? 0];
    const half = text[6]?.match(/▒/g)?.length ?? 0;

    expect(Math.abs(waiting - running)).toBeLessThanOrEqual(1);
    expect(Math.abs(waiting - 2 * half)).toBeLessThanOrEqual(1);
  });

  it('can be seen however short they are', () => {
    const long = { from: 0, to: 100_000, state: 'waiting' as const };
    const short = { from: 50_000, to: 50_001, state: 'running' as const };

    expect(drawn([{ title: 'x', bars: [{ name: 'a', stretches: [long, short] }] }])).toMatch(/─█─/);
  });

  it('are none where no time has passed', () => {
    expect(drawn([{ title: 'x', bars: [{ name: 'a', stretches: [{ from: 0, to: 0, state: 'waiting' }] }] }])).toBe('');
    expect(drawn([])).toBe('');
  });
});
