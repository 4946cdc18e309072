import { type Async, Mutex, sleep, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Waits } from '../../../src/trace/facts/waits.ts';
import { eventsOf } from '../../support/recorded.ts';
import { SelfWaking } from '../../support/self-waking.ts';

async function waitsOf(filter: ConstructorParameters<typeof Waits>[0], main: () => Async<unknown>): Promise<Waits> {
  const waits = new Waits(filter);
  for (const event of await eventsOf(main)) waits.fold(event);
  return waits;
}

describe('waits', () => {
  it('are counted, added up, and the longest is known by its task', async () => {
    const { times, total, longest, longestOf } = await waitsOf(
      ({ op }) => op.startsWith('sleep'),
      function* () {
        const naps = [30, 50, 20].map((ms) => spawn(sleep(ms), { name: `nap of ${ms}` }));
        for (const nap of naps) yield* nap;
      },
    );

    expect([times, total, longest, longestOf?.name]).toEqual([3, 100, 50, 'nap of 50']);
  });

  it('are those that the filter wants: by what is waited for, and by who waits', async () => {
    function* main(): Async<void> {
      const mutex = new Mutex(0);
      const guard = yield* mutex.lock();
      const others = [1, 2].map((n) => spawn(holdBriefly(mutex), { name: `task ${n}` }));
      yield* sleep(10);
      guard[Symbol.dispose]();
      for (const other of others) yield* other;
    }
    function* holdBriefly(mutex: Mutex<number>): Async<void> {
      using _ = yield* mutex.lock();
      yield* sleep(5);
    }

    const locks = await waitsOf(({ resource }) => resource?.kind === 'mutex', main);
    const ofSecond = await waitsOf((_, { name }) => name === 'task 2', main);

    expect([locks.times, locks.total]).toEqual([2, 25]);
    expect([ofSecond.times, ofSecond.total]).toEqual([2, 20]);
  });

  it('end when the one who waits is dropped', async () => {
    const { times, total } = await waitsOf(
      (_, { id }) => id !== 0,
      function* () {
        const sleeper = spawn(sleep(100));
        yield* sleep(10);
        sleeper.abort();
        yield* yieldNow();
      },
    );

    expect([times, total]).toEqual([1, 10]);
  });

  it('are none of whoever was woken before it let go of the thread', async () => {
    const { times } = await waitsOf(
      () => true,
      function* () {
        yield* new SelfWaking(5);
      },
    );

    expect(times).toBe(0);
  });
});
