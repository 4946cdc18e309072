import { describe, expect, it } from 'vitest';
import { Cursor } from '../../../src/trace/html/cursor.ts';

/** A cursor over so many events, and what it told: where it went, and whether it plays. */
function watched(last: number) {
  const cursor = new Cursor(last);
  const told: (number | boolean)[] = [];
  cursor.follow((step) => told.push(step));
  cursor.watch((isPlaying) => told.push(isPlaying));
  return { cursor, told };
}

describe('the cursor', () => {
  it('goes no further than there are events, and tells of each move once', () => {
    const { cursor, told } = watched(9);

    for (const step of [0, 5, 5, 99, Number.NaN, -3]) cursor.go(step);
    cursor.by(2);

    expect(told).toEqual([1, 5, 9, 1, 3]);
  });

  it('plays from where it is, and stops at the end', () => {
    const { cursor, told } = watched(9);
    cursor.go(7);

    cursor.play();
    cursor.pass(8);
    cursor.pass(12);

    expect(told).toEqual([7, true, 8, 9, false]);
    expect(cursor.isPlaying).toBe(false);
  });

  it('plays from the first event if it is at the last', () => {
    const { cursor, told } = watched(9);
    cursor.go(9);

    cursor.play();

    expect(told).toEqual([9, 1, true]);
  });

  it('is paused by whoever goes somewhere, even to where it is', () => {
    const { cursor, told } = watched(9);
    cursor.go(3);
    cursor.play();
    cursor.go(3);
    cursor.play();
    cursor.by(1);
    cursor.play();
    cursor.pause();
    cursor.pause();

    expect(told).toEqual([3, true, false, true, 4, false, true, false]);
  });

  it('is not taken anywhere by what goes on after the pause', () => {
    const { cursor } = watched(9);
    cursor.go(3);

    cursor.pass(5);

    expect(cursor.step).toBe(3);
  });

  it.each([0, 1])('does not play where there is nothing to play: %i events', (last) => {
    const { cursor, told } = watched(last);
    cursor.go(1);

    cursor.play();

    expect(cursor.isPlaying).toBe(false);
    expect(told.filter((one) => one === true)).toEqual([]);
  });
});
