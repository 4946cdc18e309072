import {
  AcquireError,
  InvalidOptionError,
  mpsc,
  Pending,
  PolledAfterCompletionError,
  Semaphore,
  type SemaphorePermit,
  sleep,
  spawn,
  type TryAcquireError,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

type Wait = HandPolled<SemaphorePermit>;

/** One that waits for so many permits and has polled once. */
function waiting(semaphore: Semaphore, permits: number): Wait {
  const wait = byHand(semaphore.acquireMany(permits));
  expect(wait.poll()).toBe(Pending);
  return wait;
}

function error(attempt: () => unknown): unknown {
  try {
    attempt();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('expected it to throw');
}

describe('Semaphore', () => {
  it('hands out as many permits as it has', () => {
    const semaphore = new Semaphore(2);
    const permits = [ready(semaphore.acquire()), ready(semaphore.acquire())];

    expect(semaphore.availablePermits).toBe(0);
    const next = waiting(semaphore, 1);
    permits[0]?.[Symbol.dispose]();
    expect(next.wakes).toBe(1);
    expect(ready(next).numPermits).toBe(1);
  });

  it('lets nobody past who waits for many, and keeps what that one has collected', () => {
    const semaphore = new Semaphore(3);
    const held = ready(semaphore.acquireMany(2));
    const big = waiting(semaphore, 3);
    const small = waiting(semaphore, 1);

    expect(semaphore.availablePermits).toBe(0);
    expect((error(() => semaphore.tryAcquire()) as TryAcquireError).isNoPermits()).toBe(true);
    held[Symbol.dispose]();

    expect([big.wakes, small.wakes]).toEqual([1, 0]);
    ready(big)[Symbol.dispose]();
    expect(small.wakes).toBe(1);
  });

  it('hands what a cancelled waiter had collected to the next ones', () => {
    const semaphore = new Semaphore(2);
    const big = waiting(semaphore, 3);
    const [one, other] = [waiting(semaphore, 1), waiting(semaphore, 1)];

    big.drop();

    expect([one.wakes, other.wakes]).toEqual([1, 1]);
    expect(semaphore.availablePermits).toBe(0);
  });

  it('hands what was granted to somebody who is gone to the next one', () => {
    const semaphore = new Semaphore(1);
    const held = ready(semaphore.acquire());
    const [quitter, next] = [waiting(semaphore, 1), waiting(semaphore, 1)];

    held[Symbol.dispose]();
    quitter.drop();

    expect(next.wakes).toBe(1);
  });

  it('asks for none without waiting, also while others wait', () => {
    const semaphore = new Semaphore(0);
    waiting(semaphore, 1);

    expect(ready(semaphore.acquireMany(0)).numPermits).toBe(0);
    expect(semaphore.tryAcquireMany(0).numPermits).toBe(0);
  });

  it('wakes in the order of the line when permits are added', () => {
    const order: string[] = [];
    return run(function* () {
      const semaphore = new Semaphore(0);
      const [tx, rx] = mpsc.unboundedChannel<string>();
      for (const [name, count] of Object.entries({ a: 1, b: 2, c: 1 })) {
        spawn(
          (function* () {
            (yield* semaphore.acquireMany(count)).forget();
            tx.send(name);
          })(),
        );
      }
      yield* sleep(1);
      semaphore.addPermits(4);
      for (let n = 0; n < 3; n++) order.push((yield* rx.recv()) ?? 'closed');
      expect(order).toEqual(['a', 'b', 'c']);
    });
  });

  it('adds permits to those in line first', () => {
    const semaphore = new Semaphore(0);
    const wait = waiting(semaphore, 2);

    semaphore.addPermits(1);
    expect([wait.wakes, semaphore.availablePermits]).toEqual([0, 0]);
    semaphore.addPermits(3);
    expect([wait.wakes, semaphore.availablePermits]).toEqual([1, 2]);
  });

  it('forgets free permits only, and says how many', () => {
    const semaphore = new Semaphore(3);
    const held = ready(semaphore.acquire());

    expect(semaphore.forgetPermits(1)).toBe(1);
    expect(semaphore.forgetPermits(5)).toBe(1);
    held[Symbol.dispose]();
    expect(semaphore.availablePermits).toBe(1);
  });

  it('gives one permit: awaited again it complains', () => {
    const acquire = byHand(new Semaphore(1).acquire());
    acquire.poll();

    expect(() => acquire.poll()).toThrow(PolledAfterCompletionError);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('refuses %d permits everywhere', (permits) => {
    const semaphore = new Semaphore(1);

    for (const attempt of [
      () => new Semaphore(permits),
      () => semaphore.acquireMany(permits),
      () => semaphore.tryAcquireMany(permits),
      () => semaphore.addPermits(permits),
      () => semaphore.forgetPermits(permits),
      () => ready(semaphore.acquire()).split(permits),
    ]) {
      expect(attempt).toThrow(InvalidOptionError);
    }
  });

  it('refuses to have more permits than can be counted', () => {
    const semaphore = new Semaphore(Number.MAX_SAFE_INTEGER);

    expect(() => semaphore.addPermits(1)).toThrow(InvalidOptionError);
    expect(semaphore.availablePermits).toBe(Number.MAX_SAFE_INTEGER);
  });
});

describe('close', () => {
  it('wakes those in line to tell them', () => {
    const semaphore = new Semaphore(0);
    const waits = [waiting(semaphore, 1), waiting(semaphore, 2)];

    semaphore.close();

    expect(waits.map(({ wakes }) => wakes)).toEqual([1, 1]);
    for (const wait of waits) expect(() => wait.poll()).toThrow(AcquireError);
    expect(semaphore.isClosed()).toBe(true);
  });

  it('refuses later ones, although permits are free', () => {
    const semaphore = new Semaphore(1);
    semaphore.close();

    expect(() => byHand(semaphore.acquire()).poll()).toThrow('semaphore closed');
    expect((error(() => semaphore.tryAcquire()) as TryAcquireError).isClosed()).toBe(true);
  });

  it('refuses also whom a permit was granted before', () => {
    const semaphore = new Semaphore(1);
    const held = ready(semaphore.acquire());
    const wait = waiting(semaphore, 1);
    held[Symbol.dispose]();

    semaphore.close();

    expect(() => wait.poll()).toThrow(AcquireError);
    expect(semaphore.availablePermits).toBe(1);
  });

  it('gets back what those in line had collected', () => {
    const semaphore = new Semaphore(2);
    const wait = waiting(semaphore, 3);

    semaphore.close();

    expect(() => wait.poll()).toThrow(AcquireError);
    expect(semaphore.availablePermits).toBe(2);
  });

  it('leaves permits that are held as they are', () => {
    const semaphore = new Semaphore(1);
    const held = ready(semaphore.acquire());

    semaphore.close();

    expect(held.numPermits).toBe(1);
    held[Symbol.dispose]();
    expect(semaphore.availablePermits).toBe(1);
  });
});

describe('SemaphorePermit', () => {
  it('comes back once, however often it is disposed', () => {
    const semaphore = new Semaphore(1);
    const permit = ready(semaphore.acquire());

    permit[Symbol.dispose]();
    permit[Symbol.dispose]();

    expect(semaphore.availablePermits).toBe(1);
  });

  it('never comes back once it is forgotten', () => {
    const semaphore = new Semaphore(2);
    const permit = ready(semaphore.acquire());

    permit.forget();
    permit[Symbol.dispose]();

    expect([semaphore.availablePermits, permit.numPermits]).toEqual([1, 0]);
  });

  it('takes over another one of the same semaphore', () => {
    const semaphore = new Semaphore(3);
    const [one, other] = [ready(semaphore.acquire()), ready(semaphore.acquireMany(2))];

    one.merge(other);

    expect([one.numPermits, other.numPermits]).toEqual([3, 0]);
    other[Symbol.dispose]();
    expect(semaphore.availablePermits).toBe(0);
    one[Symbol.dispose]();
    expect(semaphore.availablePermits).toBe(3);
  });

  it('takes over none of another semaphore, nor itself, nor after its end', () => {
    const semaphore = new Semaphore(3);
    const permit = ready(semaphore.acquire());
    const stranger = ready(new Semaphore(1).acquire());

    expect(() => permit.merge(stranger)).toThrow('merge() expects another permit of the same semaphore');
    expect(() => permit.merge(permit)).toThrow(InvalidOptionError);
    permit[Symbol.dispose]();
    const rest = ready(semaphore.acquire());
    expect(() => permit.merge(rest)).toThrow('this permit was dropped');
    expect([stranger.numPermits, rest.numPermits]).toEqual([1, 1]);
  });

  it('splits what it has, and no more', () => {
    const semaphore = new Semaphore(3);
    const permit = ready(semaphore.acquireMany(3));

    const part = permit.split(2);

    expect([permit.numPermits, part?.numPermits]).toEqual([1, 2]);
    expect(permit.split(2)).toBeUndefined();
    expect(permit.split(1)?.numPermits).toBe(1);
    part?.[Symbol.dispose]();
    expect(semaphore.availablePermits).toBe(2);
  });

  it('wakes as many as it brings back', () => {
    const semaphore = new Semaphore(2);
    const permit = ready(semaphore.acquireMany(2));
    const waits = [waiting(semaphore, 1), waiting(semaphore, 1), waiting(semaphore, 1)];

    permit[Symbol.dispose]();

    expect(waits.map(({ wakes }) => wakes)).toEqual([1, 1, 0]);
  });

  it('may go to another task, which gives it back at its end', async () => {
    await run(function* () {
      const semaphore = new Semaphore(1);
      const permit = yield* semaphore.acquire();
      const task = spawn(
        (function* () {
          using _mine = permit;
          yield* sleep(1);
        })(),
      );
      expect(semaphore.availablePermits).toBe(0);
      yield* task;
      expect(semaphore.availablePermits).toBe(1);
    });
  });
});
