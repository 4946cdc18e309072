import {
  type Async,
  Barrier,
  consumeBudget,
  hasBudgetRemaining,
  InvalidOptionError,
  Pending,
  PolledAfterCompletionError,
  sleep,
  spawn,
  TURN_BUDGET,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

describe('Barrier', () => {
  it('lets nobody pass before all are there', () => {
    const barrier = new Barrier(3);
    const [a, b] = [byHand(barrier.wait()), byHand(barrier.wait())];

    expect([a.poll(), b.poll()]).toEqual([Pending, Pending]);
    ready(barrier.wait());

    expect([a.wakes, b.wakes]).toEqual([1, 1]);
    expect([ready(a).isLeader(), ready(b).isLeader()]).toEqual([false, false]);
  });

  it('makes the last one to arrive the leader, who does not wait', () => {
    const barrier = new Barrier(2);
    byHand(barrier.wait()).poll();

    expect(ready(barrier.wait()).isLeader()).toBe(true);
  });

  it('counts nobody who has not polled', () => {
    const barrier = new Barrier(2);
    barrier.wait();

    expect(byHand(barrier.wait()).poll()).toBe(Pending);
  });

  it('counts a poll of the same wait once', () => {
    const wait = byHand(new Barrier(2).wait());

    expect([wait.poll(), wait.poll()]).toEqual([Pending, Pending]);
  });

  it('counts an arrival that was dropped since', () => {
    const barrier = new Barrier(2);
    const quitter = byHand(barrier.wait());
    quitter.poll();
    quitter.drop();

    expect(ready(barrier.wait()).isLeader()).toBe(true);
    expect(quitter.wakes).toBe(0);
  });

  it('closes again for the next ones', () => {
    const barrier = new Barrier(2);
    const slow = byHand(barrier.wait());
    slow.poll();
    ready(barrier.wait());

    const next = byHand(barrier.wait());

    expect(next.poll(), 'the first of the next round').toBe(Pending);
    expect(ready(slow).isLeader()).toBe(false);
    expect(next.poll()).toBe(Pending);
    ready(barrier.wait());
    expect(next.wakes).toBe(1);
  });

  it.each([0, 1])('for %d never waits', (size) => {
    const barrier = new Barrier(size);

    for (let n = 0; n < 3; n++) expect(ready(barrier.wait()).isLeader()).toBe(true);
  });

  it('lets those who wait go on in the order of their arrival', async () => {
    const order: string[] = [];
    await run(function* () {
      const barrier = new Barrier(3);
      function* guest(name: string, ms: number): Async<void> {
        yield* sleep(ms);
        const result = yield* barrier.wait();
        order.push(result.isLeader() ? `${name} leads` : name);
      }
      const guests = [spawn(guest('late', 3)), spawn(guest('middle', 2)), spawn(guest('early', 1))];
      for (const handle of guests) yield* handle;
    });

    expect(order).toEqual(['late leads', 'early', 'middle']);
  });

  it('costs its leader no budget', async () => {
    const polls = await pollsOf(function* () {
      const barrier = new Barrier(1);
      for (let n = 0; n < 1000; n++) yield* barrier.wait();
    });

    expect(polls).toBe(1);
  });

  it('wakes the task that polled last, when the future has moved', () => {
    const barrier = new Barrier(2);
    const wait = barrier.wait();
    const [oldTask, newTask] = [byHand(wait), byHand(wait)];
    oldTask.poll();
    newTask.poll();

    ready(barrier.wait());

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('answers once: awaited again it complains', () => {
    const wait = byHand(new Barrier(1).wait());
    wait.poll();

    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });

  it.each([-1, 1.5, Number.NaN])('for %d is refused', (size) => {
    expect(() => new Barrier(size)).toThrow(InvalidOptionError);
  });
});

describe('waiting at a barrier', () => {
  function* spendAllBut(left: number): Async<void> {
    for (let i = left; i < TURN_BUDGET; i++) yield* consumeBudget();
  }

  it.each([
    [1, false],
    [2, true],
  ])('costs one unit when it is over: of %i, is one left? %s', (units, left) =>
    run(function* () {
      const barrier = new Barrier(2);
      const wait = byHand(barrier.wait());
      wait.poll();
      ready(barrier.wait());
      yield* spendAllBut(units);

      expect(wait.poll()).not.toBe(Pending);
      expect(hasBudgetRemaining()).toBe(left);
    }),
  );

  it('is not over without a budget', () =>
    run(function* () {
      const barrier = new Barrier(2);
      const wait = byHand(barrier.wait());
      wait.poll();
      ready(barrier.wait());
      yield* spendAllBut(0);

      expect(wait.poll()).toBe(Pending);
    }));

  it('costs one unit, and no more, to look past the round before', () =>
    run(function* () {
      const barrier = new Barrier(2);
      byHand(barrier.wait()).poll();
      ready(barrier.wait());
      const wait = byHand(barrier.wait());
      yield* spendAllBut(2);

      wait.poll();
      wait.poll();

      expect(hasBudgetRemaining()).toBe(true);
    }));

  it('is not yet in line when that was the last unit', () =>
    run(function* () {
      const barrier = new Barrier(2);
      byHand(barrier.wait()).poll();
      ready(barrier.wait());
      const wait = byHand(barrier.wait());
      yield* spendAllBut(1);

      wait.poll();
      ready(barrier.wait());

      expect(wait.wakes).toBe(0);
    }));

  it('cannot be polled any more when it was dropped', () => {
    const wait = byHand(new Barrier(2).wait());
    wait.poll();
    wait.drop();

    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });
});
