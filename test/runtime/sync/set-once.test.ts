import { Pending, SetOnce, SetOnceError, spawn, yieldNow } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, ready } from '../../support/hand-poll.ts';
import { pollsOf, run } from '../../support/run.ts';

describe('SetOnce', () => {
  it('is empty until somebody sets it, for good', () => {
    const once = new SetOnce<string>();
    expect([once.get(), once.initialized()]).toEqual([undefined, false]);

    once.set('tea');

    expect([once.get(), once.initialized()]).toEqual(['tea', true]);
    expect(ready(once.wait())).toBe('tea');
  });

  it('can hold undefined', () => {
    const once = new SetOnce<undefined>();
    once.set(undefined);

    expect(once.initialized()).toBe(true);
    expect(ready(once.wait())).toBeUndefined();
  });

  it('gives a value that comes too late back', () => {
    const once = new SetOnce<string>();
    once.set('tea');

    let error: unknown;
    try {
      once.set('coffee');
    } catch (thrown) {
      error = thrown;
    }

    expect(error).toBeInstanceOf(SetOnceError);
    expect((error as SetOnceError).value).toBe('coffee');
    expect(once.get()).toBe('tea');
  });

  it('wakes everybody, first come first', async () => {
    const order: string[] = [];
    await run(function* () {
      const once = new SetOnce<string>();
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(
          (function* () {
            order.push(`${name} has ${yield* once.wait()}`);
          })(),
        ),
      );
      yield* yieldNow();
      once.set('tea');
      for (const task of tasks) yield* task;
    });

    expect(order).toEqual(['a has tea', 'b has tea', 'c has tea']);
  });

  it('wakes nobody who has given up, and the task that polled last', () => {
    const once = new SetOnce<string>();
    const quitter = byHand(once.wait());
    quitter.poll();
    quitter.drop();
    const future = once.wait();
    const [oldTask, newTask] = [byHand(future), byHand(future)];
    expect([oldTask.poll(), newTask.poll()]).toEqual([Pending, Pending]);

    once.set('tea');

    expect([quitter.wakes, oldTask.wakes, newTask.wakes]).toEqual([0, 0, 1]);
  });

  it('costs no budget, as in Tokio', async () => {
    const polls = await pollsOf(function* () {
      const once = new SetOnce<number>();
      once.set(1);
      for (let n = 0; n < 1000; n++) yield* once.wait();
    });

    expect(polls).toBe(1);
  });
});
