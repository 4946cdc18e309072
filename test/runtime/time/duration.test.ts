import { InvalidDurationError, millis, secs } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { checkDuration, FAR_FUTURE_MS, showDuration } from '../../../src/runtime/time/duration.ts';

describe('a duration', () => {
  it('is a number of milliseconds', () => {
    expect([secs(2), secs(0.5), millis(20)]).toEqual([2000, 500, 20]);
  });

  it.each([-1, -0.001, Number.NaN, Number.NEGATIVE_INFINITY, '5', undefined, null, {}])('is not %s', (value) => {
    expect(() => checkDuration('sleep()', value as number)).toThrow(InvalidDurationError);
  });

  it('that is none is named with what wanted it', () => {
    expect(() => checkDuration('sleep()', '5' as never)).toThrow(
      'sleep() expects a duration in milliseconds, zero or more, and got "5"',
    );
  });

  it.each([0, 1, 0.25, FAR_FUTURE_MS])('of %s is taken as it is', (value) => {
    expect(checkDuration('sleep()', value)).toBe(value);
  });

  it.each([Number.POSITIVE_INFINITY, Number.MAX_VALUE])('of %s is cut to thirty years', (value) => {
    expect(checkDuration('sleep()', value)).toBe(FAR_FUTURE_MS);
  });

  it.each([
    [0, '0ms'],
    [250, '250ms'],
    [0.1234567, '0.123ms'],
    [999, '999ms'],
    [1000, '1s'],
    [1500, '1.5s'],
    [60_000, '60s'],
    [FAR_FUTURE_MS, 'for ever'],
  ])('of %s ms is shown as %s', (duration, shown) => {
    expect(showDuration(duration)).toBe(shown);
  });
});
