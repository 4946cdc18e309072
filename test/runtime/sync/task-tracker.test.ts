import {
  type Async,
  now,
  Pending,
  PolledAfterCompletionError,
  pending,
  sleep,
  spawn,
  TaskTracker,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

describe('TaskTracker', () => {
  it('lets those who wait go on when it is closed and the last task is over', async () => {
    await run(function* () {
      const tracker = new TaskTracker();
      for (const ms of [10, 30, 20]) tracker.spawn(sleep(ms));
      tracker.close();

      yield* tracker.wait();

      expect([now(), tracker.length]).toEqual([30, 0]);
    });
  });

  it('waits although it is empty, until it is closed', () => {
    const tracker = new TaskTracker();
    const wait = byHand(tracker.wait());

    expect(wait.poll()).toBe(Pending);
    tracker.close();

    expect(wait.wakes).toBe(1);
    ready(wait);
    ready(tracker.wait());
  });

  it('counts a task however it ends', async () => {
    await run(
      function* () {
        const tracker = new TaskTracker();
        const aborted = tracker.spawn(sleep(1000));
        tracker.spawn(
          (function* (): Async<void> {
            yield* sleep(1);
            throw new Error('burnt');
          })(),
        );
        const never = tracker.spawn(sleep(1000));
        never.abort();
        tracker.close();
        expect(tracker.length).toBe(3);
        yield* sleep(5);
        aborted.abort();

        yield* tracker.wait();

        expect(now()).toBe(5);
      },
      { onWarning: () => {} },
    );
  });

  it('counts a future from when it is tracked, until it is dropped', () => {
    const tracker = new TaskTracker();
    const tracked = byHand(tracker.trackFuture(pending()));

    expect([tracker.length, tracker.isEmpty()]).toEqual([1, false]);
    tracked.drop();
    tracked.drop();
    expect([tracker.length, tracker.isEmpty()]).toEqual([0, true]);
  });

  it('counts a token until it is disposed, once', () => {
    const tracker = new TaskTracker();
    tracker.close();
    const token = tracker.token();
    tracker.token();
    const wait = byHand(tracker.wait());
    wait.poll();

    token[Symbol.dispose]();
    token[Symbol.dispose]();

    expect([tracker.length, wait.wakes]).toEqual([1, 0]);
  });

  it('takes tasks also when it is closed', async () => {
    await run(function* () {
      const tracker = new TaskTracker();
      tracker.close();
      tracker.spawn(sleep(5));

      yield* tracker.wait();

      expect(now()).toBe(5);
    });
  });

  it('says whether closing and reopening changed anything', () => {
    const tracker = new TaskTracker();

    expect([tracker.reopen(), tracker.close(), tracker.isClosed(), tracker.close()]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([tracker.reopen(), tracker.isClosed()]).toEqual([true, false]);
  });

  it('lets go on who waited when it was empty for a moment, and nobody who came later', () => {
    const tracker = new TaskTracker();
    const early = byHand(tracker.wait());
    early.poll();

    tracker.close();
    tracker.reopen();

    ready(early);
    expect(byHand(tracker.wait()).poll()).toBe(Pending);
  });

  it('wakes nobody who has given up', () => {
    const tracker = new TaskTracker();
    const wait = byHand(tracker.wait());
    wait.poll();
    wait.drop();

    tracker.close();

    expect(wait.wakes).toBe(0);
  });

  it('wakes in the order of coming', async () => {
    const order: string[] = [];
    await run(function* () {
      const tracker = new TaskTracker();
      const tasks = ['a', 'b'].map((name) =>
        spawn(
          (function* () {
            yield* tracker.wait();
            order.push(name);
          })(),
        ),
      );
      yield* yieldNow();
      tracker.close();
      for (const task of tasks) yield* task;
    });

    expect(order).toEqual(['a', 'b']);
  });

  it('counts nothing that could not be spawned', () => {
    const tracker = new TaskTracker();

    expect(() => tracker.spawn('tea' as never)).toThrow();
    expect(() => tracker.spawn(yieldNow())).toThrow('TaskTracker.spawn() needs a running runtime');
    expect(tracker.length).toBe(0);
  });
});

describe('trackFuture', () => {
  it('does not drop a future that has answered, and cannot be polled again', () => {
    const gate = new Gate<string>();
    gate.open('tea');
    const tracked = byHand(new TaskTracker().trackFuture(gate));
    tracked.poll();

    tracked.drop();

    expect(gate.drops).toBe(0);
    expect(() => tracked.poll()).toThrow(PolledAfterCompletionError);
  });

  it('drops its future once', () => {
    const gate = new Gate();
    const tracked = byHand(new TaskTracker().trackFuture(gate));

    tracked.drop();
    tracked.drop();

    expect(gate.drops).toBe(1);
  });
});
