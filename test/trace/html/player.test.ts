import type { RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Cursor } from '../../../src/trace/html/cursor.ts';
import { LEAST, lasting, MOST, Player } from '../../../src/trace/html/player.ts';

/** Events at these times of the run's clock, in ms. */
function eventsAt(...times: readonly number[]): RuntimeEvent[] {
  return times.map((at) => ({ at, kind: 'print', task: null, text: '' }));
}

/** A player whose frames come when the test says so. */
function playing(events: readonly RuntimeEvent[], speed = 1) {
  const cursor = new Cursor(events.length);
  let asked: ((now: number) => void)[] = [];
  const player = new Player(events, cursor, (act) => void asked.push(act));
  player.speed = speed;
  let now = 1000;
  const frame = (ms: number) => {
    now += ms;
    const acts = asked;
    asked = [];
    for (const act of acts) act(now);
    return cursor.step;
  };
  cursor.go(1);
  player.toggle();
  // The first one says when it began.
  frame(0);
  return { cursor, player, frame, awaited: () => asked.length };
}

describe('how long an event is played', () => {
  const events = eventsAt(0, 0, LEAST + 100, LEAST + 100 + 60_000);

  it('is what it took on the clock of the run', () => {
    expect(lasting(events, 2)).toBe(LEAST + 100);
  });

  it('is long enough to be seen, and no idle stretch lasts for ever', () => {
    expect(lasting(events, 1)).toBe(LEAST);
    expect(lasting(events, 3)).toBe(MOST);
  });
});

describe('playing', () => {
  it('goes on when the time of an event is over, and not before', () => {
    const { frame } = playing(eventsAt(0, 1000, 1000, 1000));

    expect([frame(999), frame(1), frame(LEAST - 1), frame(1)]).toEqual([1, 2, 2, 3]);
  });

  it.each([0.25, 4])('is %f times as fast if one likes', (speed) => {
    const { frame } = playing(eventsAt(0, 1000, 2000, 3000), speed);
    const whole = 1000 / speed;
    const inParts = Array.from({ length: 10 }, () => frame(whole / 10));

    expect(inParts.slice(0, 9)).toEqual(Array(9).fill(1));
    expect(inParts[9]).toBe(2);
  });

  it('skips events when frames are slow, and keeps the pace', () => {
    const { cursor, frame } = playing(eventsAt(...Array<number>(1000).fill(0)), 64);
    const seen: number[] = [];
    cursor.follow((step) => seen.push(step));

    for (let n = 0; n < 10; n++) frame(75);

    expect(seen).toHaveLength(10);
    expect(cursor.step).toBe(1 + Math.floor((10 * 75 * 64) / LEAST));
  });

  it('does not catch up with what it missed while nobody saw it', () => {
    const { frame } = playing(eventsAt(...Array<number>(1000).fill(0)));

    expect(frame(3_600_000)).toBeLessThan(1 + 2000 / LEAST);
  });

  it('stands still as long as a hand is down', () => {
    const { player, frame } = playing(eventsAt(0, 0, 0));
    player.held = true;
    expect(frame(LEAST)).toBe(1);
    player.held = false;

    expect([frame(LEAST - 1), frame(1)]).toEqual([1, 2]);
  });

  it('stops at the last event, and asks for no more frames', () => {
    const { cursor, frame, awaited } = playing(eventsAt(0, 0, 0), 4);

    frame(LEAST);

    expect([cursor.step, cursor.isPlaying]).toEqual([3, false]);
    frame(16);
    expect(awaited()).toBe(0);
  });

  it('pauses, and goes on from where it is', () => {
    const { cursor, player, frame, awaited } = playing(eventsAt(0, 0, 0, 0, 0));
    frame(LEAST - 1);
    player.toggle();
    frame(500);
    expect([cursor.step, awaited()]).toEqual([1, 0]);

    cursor.go(3);
    player.toggle();

    frame(0);
    expect(awaited()).toBe(1);
    expect([frame(LEAST - 1), frame(1)]).toEqual([3, 4]);
  });

  it('has one loop, however quickly one changes one’s mind', () => {
    const { player, awaited, frame } = playing(eventsAt(0, 0, 0, 0, 0));

    for (let n = 0; n < 6; n++) player.toggle();

    expect(awaited()).toBe(1);
    expect([frame(0), frame(LEAST - 1), frame(1)]).toEqual([1, 1, 2]);
  });
});
