import {
  type Async,
  GuardDisposedError,
  Mutex,
  type MutexGuard,
  now,
  Pending,
  PolledAfterCompletionError,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

/** Waiters that have polled once, so that they stand in line. */
function waiters<T>(mutex: Mutex<T>, count: number): HandPolled<MutexGuard<T>>[] {
  const all = Array.from({ length: count }, () => byHand(mutex.lock()));
  for (const waiter of all) expect(waiter.poll()).toBe(Pending);
  return all;
}

type Waiters = ReturnType<typeof waiters<string>> & [HandPolled<MutexGuard<string>>, HandPolled<MutexGuard<string>>];

function heldBySomebody(count: number): [Mutex<string>, MutexGuard<string>, Waiters] {
  const mutex = new Mutex('tea');
  const holder = ready(mutex.lock());
  return [mutex, holder, waiters(mutex, count) as Waiters];
}

describe('Mutex.lock', () => {
  it('is lazy: a lock nobody polls holds nothing', () => {
    const mutex = new Mutex('tea');

    mutex.lock();

    expect(mutex.tryLock()?.value).toBe('tea');
  });

  it('of a free mutex does not let go', () => {
    const mutex = new Mutex('tea');

    const guard = ready(mutex.lock());

    expect(guard.value).toBe('tea');
  });

  it('wakes the oldest waiter, and only it, on release', () => {
    const [, holder, [first, second]] = heldBySomebody(2);

    holder[Symbol.dispose]();

    expect([first.wakes, second.wakes]).toEqual([1, 0]);
    expect(ready(first).value).toBe('tea');
    expect(second.poll()).toBe(Pending);
  });

  it('does not let a newcomer overtake the line', () => {
    const [mutex, holder, [waiter]] = heldBySomebody(1);

    holder[Symbol.dispose]();

    expect(mutex.tryLock()).toBeUndefined();
    expect(byHand(mutex.lock()).poll()).toBe(Pending);
    expect(ready(waiter).value).toBe('tea');
  });

  it('wakes the task that polled last, when the future has moved', () => {
    const mutex = new Mutex('tea');
    const holder = ready(mutex.lock());
    const lock = mutex.lock();
    const [oldTask, newTask] = [byHand(lock), byHand(lock)];
    oldTask.poll();
    newTask.poll();

    holder[Symbol.dispose]();

    expect([oldTask.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('gives one guard: awaited again it complains', () => {
    const lock = byHand(new Mutex('tea').lock());
    lock.poll();

    expect(() => lock.poll()).toThrow(PolledAfterCompletionError);
  });

  describe('when dropped', () => {
    it('while waiting, leaves the line', () => {
      const [, holder, [quitter, next]] = heldBySomebody(2);

      quitter.drop();
      holder[Symbol.dispose]();

      expect([quitter.wakes, next.wakes]).toEqual([0, 1]);
    });

    it('between being granted and being polled, passes the lock on', () => {
      const [, holder, [quitter, next]] = heldBySomebody(2);

      holder[Symbol.dispose]();
      quitter.drop();

      expect(next.wakes).toBe(1);
      expect(ready(next).value).toBe('tea');
    });

    it('between being granted and being polled, with nobody behind, frees the lock', () => {
      const [mutex, holder, [quitter]] = heldBySomebody(1);

      holder[Symbol.dispose]();
      quitter.drop();

      expect(mutex.tryLock()?.value).toBe('tea');
    });

    it('after it has answered, leaves the guard alone', () => {
      const mutex = new Mutex('tea');
      const lock = byHand(mutex.lock());
      ready(lock);

      lock.drop();

      expect(mutex.tryLock()).toBeUndefined();
    });

    it('unpolled, does nothing', () => {
      const [mutex, holder] = heldBySomebody(0);
      const lock = byHand(mutex.lock());

      lock.drop();
      holder[Symbol.dispose]();

      expect(mutex.tryLock()?.value).toBe('tea');
    });
  });

  it('keeps two tasks out of each other\u2019s critical section', async () => {
    const log: string[] = [];
    const mutex = new Mutex(log);
    function* visitor(name: string): Async<void> {
      using guard = yield* mutex.lock();
      guard.value.push(`${now()} ${name} in`);
      yield* sleep(10);
      guard.value.push(`${now()} ${name} out`);
    }

    await run(function* () {
      spawn(visitor('ada'));
      yield* spawn(visitor('bob'));
    });

    expect(log).toEqual(['0 ada in', '10 ada out', '10 bob in', '20 bob out']);
  });

  it('is handed over, and who released it runs on', async () => {
    const log: string[] = [];
    const mutex = new Mutex(0);

    await run(function* () {
      const guard = yield* mutex.lock();
      spawn(
        (function* () {
          using _guard = yield* mutex.lock();
          log.push('waiter has it');
        })(),
      );
      yield* yieldNow();
      guard[Symbol.dispose]();
      log.push('releaser runs on');
      using _again = yield* mutex.lock();
      log.push('releaser has it again');
    });

    expect(log).toEqual(['releaser runs on', 'waiter has it', 'releaser has it again']);
  });

  it('is not poisoned by a holder that throws', async () => {
    const mutex = new Mutex('tea');
    function* clumsy(): Async<void> {
      using guard = yield* mutex.lock();
      guard.value = 'spilled tea';
      throw new Error('oops');
    }

    await run(
      function* () {
        spawn(clumsy());
        yield* yieldNow();
      },
      { onWarning: () => {} },
    );

    expect(mutex.tryLock()?.value).toBe('spilled tea');
  });

  it('is not lost when a timeout gives up in the moment it is granted', async () => {
    const mutex = new Mutex('tea');

    const value = await run(function* () {
      const guard = yield* mutex.lock();
      const impatient = spawn(timeout(10, mutex.lock()));
      yield* sleep(10);
      guard[Symbol.dispose]();
      impatient.abort();
      yield* yieldNow();
      return mutex.tryLock()?.value;
    });

    expect(value).toBe('tea');
  });
});

describe('Mutex.tryLock', () => {
  it('takes a free lock, and no other', () => {
    const mutex = new Mutex('tea');

    const guards = [mutex.tryLock(), mutex.tryLock()];

    expect(guards[0]?.value).toBe('tea');
    expect(guards[1]).toBeUndefined();
  });
});

describe('MutexGuard', () => {
  it('reads and writes the value', () => {
    const mutex = new Mutex(1);

    {
      using guard = ready(mutex.lock());
      guard.value += 1;
    }

    expect(mutex.tryLock()?.value).toBe(2);
  });

  it('refuses to be used after it was disposed', () => {
    const guard = ready(new Mutex('tea').lock());
    guard[Symbol.dispose]();

    expect(() => guard.value).toThrow(GuardDisposedError);
    expect(() => {
      guard.value = 'coffee';
    }).toThrow(GuardDisposedError);
  });

  it('releases once: a second disposal does not take the lock from others', () => {
    const [mutex, holder, [next]] = heldBySomebody(1);
    holder[Symbol.dispose]();
    const guard = ready(next);

    holder[Symbol.dispose]();

    expect(mutex.tryLock()).toBeUndefined();
    expect(guard.value).toBe('tea');
  });
});
