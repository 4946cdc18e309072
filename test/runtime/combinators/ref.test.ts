import { type Async, Mutex, NotAFutureError, now, Pending, pending, ref, select, sleep, timeout } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

describe('ref', () => {
  it('polls the future that it lends', () => {
    const gate = new Gate<string>();
    gate.open('tea');

    expect(ready(ref(gate))).toBe('tea');
  });

  it('does not drop the future when it is dropped', () => {
    const gate = new Gate();
    const lent = byHand(ref(gate));
    lent.poll();

    lent.drop();

    expect(gate.drops).toBe(0);
  });

  it('keeps the progress of an async function from one loan to the next', async () => {
    function* twoNaps(): Async<string> {
      yield* sleep(10);
      yield* sleep(10);
      return `rested at ${now()}`;
    }

    const answer = await run(function* () {
      const naps = twoNaps();
      yield* select({ naps: ref(naps), impatience: sleep(15) });
      return yield* naps;
    });

    expect(answer).toBe('rested at 20');
  });

  it('keeps the place of a lock in its line', () => {
    const mutex = new Mutex('tea');
    const holder = mutex.tryLock();
    const lock = mutex.lock();
    const lent = byHand(ref(lock));
    lent.poll();
    const later = byHand(mutex.lock());
    later.poll();

    lent.drop();
    holder?.[Symbol.dispose]();

    expect(later.poll()).toBe(Pending);
    expect(ready(lock).value).toBe('tea');
  });

  it('can be lent to a timeout', async () => {
    const time = await run(function* () {
      const nap = sleep(30);
      for (;;) {
        try {
          yield* timeout(10, ref(nap));
          return now();
        } catch {
          // Not yet.
        }
      }
    });

    expect(time).toBe(30);
  });

  it('is called as the future is', () => {
    expect(ref(pending()).label).toBe('pending()');
    expect(ref((function* (): Async<void> {})()).label).toBe('a lent future');
  });

  it('waits for what the future waits for', () => {
    const lock = new Mutex(0).lock();

    expect(ref(lock).awaited).toBe(lock.awaited);
    expect(lock.awaited).toBeDefined();
  });

  it('refuses what cannot be awaited', () => {
    expect(() => ref(Promise.resolve() as never)).toThrow(NotAFutureError);
    expect(() => ref(Promise.resolve() as never)).toThrow('ref()');
  });
});
