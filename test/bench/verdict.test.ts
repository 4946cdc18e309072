import { describe, expect, it } from 'vitest';

interface Judged {
  readonly value: number | null;
  readonly verdict: string;
}

const { judgeAll, median, ratio } = (await import(new URL('../../bench/verdict.js', import.meta.url).href)) as {
  judgeAll(targets: readonly object[], rounds: Record<string, unknown>): Judged[];
  median(values: readonly number[]): number;
  ratio(ours: readonly number[], theirs: readonly number[]): number;
};

const verdict = (target: object, rounds: Record<string, unknown>) => judgeAll([target], rounds)[0]?.verdict;

describe('a verdict of the benchmark', () => {
  it('takes the middle value, or what is between the two in the middle', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 6])).toBe(5.5);
  });

  it('compares round by round, so that a slow minute hits both', () => {
    // The machine was ten times slower in the second round.
    expect(ratio([10, 100, 10], [20, 200, 20])).toBe(0.5);
  });

  it('is met at the limit, and missed beyond it', () => {
    expect(verdict({ most: 1.5, against: 'tokio' }, { ours: [15], tokio: [10] })).toBe('met');
    expect(verdict({ most: 1.5, against: 'tokio' }, { ours: [16], tokio: [10] })).toBe('missed');
    expect(verdict({ least: 0.9, against: 'net' }, { ours: [90], net: [100] })).toBe('met');
    expect(verdict({ least: 0.9, against: 'net' }, { ours: [89], net: [100] })).toBe('missed');
    expect(verdict({ most: 400 }, { ours: [400] })).toBe('met');
    expect(verdict({ most: 400 }, { ours: [401] })).toBe('missed');
  });

  it('asks of what grows that the dearest size costs at most so many times the cheapest', () => {
    expect(verdict({ flat: 2 }, { ours: [[10], [20], [15]] })).toBe('met');
    expect(verdict({ flat: 2 }, { ours: [[10], [21], [15]] })).toBe('missed');
  });

  it('is open where nobody measured the other', () => {
    expect(judgeAll([{ most: 1, against: 'tokio' }], { ours: [1] })).toEqual([
      { text: 'at most 1 × tokio', value: null, verdict: 'not measured' },
    ]);
  });
});
