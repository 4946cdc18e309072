import type { RuntimeEvent } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { LONG_SCHEDULED_MS, longScheduled } from '../../../src/trace/lints/long-scheduled.ts';
import { at, foundIn, poll } from '../../support/lint-runs.ts';
import { BOB, HERE } from '../../support/views.ts';

/** A task that is ready for so long, and busy for so long. */
function life(scheduled: number, busy: number, speed = 1): RuntimeEvent[] {
  return [
    at(0, { kind: 'runtime.started', clock: 'real', seed: 1, speed }),
    at(5, { kind: 'task.spawned', task: BOB, parent: null, location: HERE }),
    ...poll(5 + scheduled, BOB, busy, 'ready'),
  ];
}

describe('long-scheduled', () => {
  it('says how long, and which part of its life', () => {
    expect(foundIn(longScheduled, life(300, 100))).toEqual([
      'bob was ready and not polled for 300.00 ms, which is 75 % of its 400.00 ms.',
    ]);
  });

  it('lets half of a life pass', () => {
    expect(foundIn(longScheduled, life(200, 200))).toEqual([]);
    expect(foundIn(longScheduled, life(201, 200))).toHaveLength(1);
  });

  it('lets a short wait pass, whatever part of a life it is', () => {
    expect(foundIn(longScheduled, life(LONG_SCHEDULED_MS, 1))).toEqual([]);
    expect(foundIn(longScheduled, life(LONG_SCHEDULED_MS + 1, 1))).toHaveLength(1);
  });

  it('measures the thread in real time when the clock goes faster', () => {
    expect(foundIn(longScheduled, life(900, 1, 10))).toEqual([]);
    expect(foundIn(longScheduled, life(1100, 1, 10))).toHaveLength(1);
  });

  it('counts a wake during a poll from the end of that poll on', () => {
    const events = [
      at(0, { kind: 'task.spawned', task: BOB, parent: null, location: HERE }),
      at(0, { kind: 'task.poll-started', task: BOB, poll: 1 }),
      at(0, { kind: 'task.woken', task: BOB, by: { kind: 'yield' } }),
      at(300, { kind: 'task.poll-ended', task: BOB, poll: 1, outcome: 'pending', busy: 300, awaits: [] }),
    ] as const;

    expect(foundIn(longScheduled, [...events, ...poll(390, BOB, 0, 'ready')])).toEqual([]);
    expect(foundIn(longScheduled, [...events, ...poll(650, BOB, 0, 'ready')])).toHaveLength(1);
  });

  it('speaks of a task that still waits for its turn', () => {
    expect(
      foundIn(longScheduled, [
        ...life(300, 100).slice(0, 2),
        at(200, { kind: 'runtime.finished', outcome: 'stopped' }),
      ]),
    ).toEqual(['bob was ready and not polled for 195.00 ms, which is 100 % of its 195.00 ms.']);
  });
});
