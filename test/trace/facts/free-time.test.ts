import { type Async, pending, secs, sleep, spawn } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { FreeTime } from '../../../src/trace/facts/free-time.ts';
import { eventsOf } from '../../support/recorded.ts';
import { MAIN } from '../../support/views.ts';

async function freeTimeOf(main: () => Async<unknown>): Promise<FreeTime> {
  const free = new FreeTime();
  for (const event of await eventsOf(main)) free.fold(event);
  return free;
}

describe('the free time of a thread', () => {
  it('is all of a run that sleeps', async () => {
    const { free, total, share } = await freeTimeOf(function* () {
      yield* sleep(secs(2));
      yield* sleep(secs(1));
    });

    expect([free, total, share]).toEqual([3000, 3000, 1]);
  });

  it('is what the thread slept, and not what it worked', () => {
    const free = new FreeTime();
    free.fold({ kind: 'runtime.started', at: 0, clock: 'real', seed: 1, speed: 1 });
    free.fold({ kind: 'runtime.parked', at: 10, until: 40, io: 0 });
    free.fold({ kind: 'runtime.unparked', at: 40, by: 'timer' });
    free.fold({ kind: 'runtime.parked', at: 50, until: null, io: 1 });
    free.fold({ kind: 'runtime.unparked', at: 90, by: 'io' });
    free.fold({ kind: 'runtime.finished', at: 100, outcome: 'returned' });

    expect([free.free, free.total, free.share]).toEqual([70, 100, 0.7]);
  });

  it('goes on while the thread sleeps', () => {
    const free = new FreeTime();
    free.fold({ kind: 'runtime.parked', at: 10, until: null, io: 1 });
    free.fold({ kind: 'print', at: 25, task: MAIN, text: 'from the host' });

    expect(free.free).toBe(15);
  });

  it('is nothing where no time passes', async () => {
    const { share } = await freeTimeOf(function* () {
      spawn(pending()).abort();
    });

    expect(share).toBe(0);
  });
});
