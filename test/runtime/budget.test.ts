import {
  type Async,
  type Awaitable,
  advance,
  consumeBudget,
  Elapsed,
  join,
  Mutex,
  mpsc,
  now,
  oneshot,
  Pending,
  sleep,
  spawn,
  TURN_BUDGET,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { giveBack, hasBudget, refill, restore, spend } from '../../src/runtime/budget.ts';
import { byHand } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

/** How often a neighbour ran while a task awaited `count` things that are ready at once. */
function turnsDuring(count: number, make: () => Awaitable<unknown>): Promise<number> {
  return run(function* () {
    let turns = 0;
    spawn(
      (function* () {
        for (;;) {
          turns += 1;
          yield* yieldNow();
        }
      })(),
    );
    for (let i = 0; i < count; i++) yield* make();
    return turns;
  });
}

describe('the budget', () => {
  const leaves: [string, () => () => Awaitable<unknown>][] = [
    ['sleep(0)', () => () => sleep(0)],
    ['lock()', () => lockAndUnlock],
    ['send()', sendMany],
    ['recv()', receiveMany],
    ['reserve()', reserveMany],
    ['a oneshot', () => oneshotValue],
  ];

  it.each(leaves)('of one poll ends after so many answers of %s', async (_, make) => {
    expect(await turnsDuring(TURN_BUDGET, await prepared(make))).toBe(0);
    expect(await turnsDuring(TURN_BUDGET + 1, await prepared(make))).toBe(1);
  });

  it.each([
    ['trySend()', () => mpsc.unboundedChannel<number>()[0].send(1)],
    ['tryLock()', () => new Mutex(0).tryLock()],
    ['tryReserve()', () => mpsc.channel<number>(1)[0].tryReserve()],
  ])('is not spent by %s', async (_, act) => {
    const turns = await turnsDuring(TURN_BUDGET, function* () {
      act();
      yield* sleep(0);
    });

    expect(turns).toBe(0);
  });

  it('is full again at the next poll', async () => {
    const turns = await turnsDuring(3, function* () {
      for (let i = 0; i < TURN_BUDGET; i++) yield* sleep(0);
      yield* yieldNow();
    });

    expect(turns).toBe(3);
  });

  it('is one for all that a task awaits at once', async () => {
    function* half(): Async<void> {
      for (let i = 0; i < TURN_BUDGET / 2; i++) yield* sleep(0);
    }

    expect(await turnsDuring(1, () => join(half(), half()))).toBe(0);
    expect(await turnsDuring(1, () => join(half(), half(), sleep(0)))).toBe(1);
  });

  it('makes a greedy task wait for others, not for ever', async () => {
    const received = await run(function* () {
      const [tx, rx] = mpsc.unboundedChannel<number>();
      for (let i = 0; i < 1000; i++) tx.send(i);
      let count = 0;
      for (let i = 0; i < 1000; i++) if ((yield* rx.recv()) === i) count += 1;
      return count;
    });

    expect(received).toBe(1000);
  });

  it('does not let a busy future outrun its own timeout', async () => {
    function* busy(): Async<string> {
      while (now() < 100) yield* sleep(0);
      return 'outran its timeout';
    }
    function* passTime(): Async<void> {
      for (;;) yield* advance(1);
    }

    const outcome = run(function* () {
      spawn(passTime());
      return yield* timeout(50, busy());
    });

    await expect(outcome).rejects.toThrow(Elapsed);
  });

  it('lets a leaf be polled by hand, too, and then wakes it once', async () => {
    const wakes = await run(function* () {
      for (let i = 0; i < TURN_BUDGET; i++) yield* consumeBudget();
      const leaf = byHand(consumeBudget());
      const early = leaf.poll();
      leaf.poll(); // Whoever is put off twice is woken once.
      yield* yieldNow();
      return [early === Pending, leaf.wakes];
    });

    expect(wakes).toEqual([true, 1]);
  });

  it('gets back the one unit of what came to nothing', () => {
    const before = refill(2);
    spend();
    giveBack();
    spend();
    const one = hasBudget();
    spend();
    const none = hasBudget();
    restore(before);

    expect([one, none]).toEqual([true, false]);
  });

  it('does not count where nobody polls through an executor', () => {
    const [tx, rx] = mpsc.unboundedChannel<number>();
    for (let i = 0; i < TURN_BUDGET * 2; i++) tx.send(i);

    for (let i = 0; i < TURN_BUDGET * 2; i++) expect(rx.tryRecv()).toBe(i);
  });

  const mutex = new Mutex(0);

  function* lockAndUnlock(): Async<void> {
    using _guard = yield* mutex.lock();
  }

  function sendMany(): () => Awaitable<void> {
    const [tx] = mpsc.channel<number>(1000);
    return () => tx.send(1);
  }

  function receiveMany(): () => Awaitable<number | undefined> {
    const [tx, rx] = mpsc.channel<number>(1000);
    for (let i = 0; i < 1000; i++) tx.trySend(i);
    return () => rx.recv();
  }

  function reserveMany(): () => Awaitable<unknown> {
    const [tx] = mpsc.channel<number>(1000);
    return () => tx.reserve();
  }

  function oneshotValue(): Awaitable<number> {
    const [tx, rx] = oneshot.channel<number>();
    tx.send(1);
    return rx;
  }

  async function prepared(make: () => () => Awaitable<unknown>): Promise<() => Awaitable<unknown>> {
    return make();
  }
});
