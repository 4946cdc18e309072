import { Context, Pending } from 'async-lessons';
import { describe, expect, it, vi } from 'vitest';
import { type Claim, Permits } from '../../../src/runtime/sync/permits.ts';
import { CountingWaker } from '../../support/hand-poll.ts';

const IGNORED = { queued: () => {}, granted: (claim: Claim) => claim.waker.wake() };

/** Somebody in line, with the waker that counts how often it was called. */
function inLine(permits: Permits, count = 1) {
  const waker = new CountingWaker();
  const context = new Context(waker);
  const claim = permits.queue(count, context);
  return { claim, waker, poll: () => permits.pollAcquired(claim, context) };
}

describe('Permits', () => {
  it('are taken while there are enough', () => {
    const permits = new Permits(3, IGNORED);

    const taken = [permits.tryAcquire(2), permits.tryAcquire(2), permits.tryAcquire()];

    expect(taken).toEqual([true, false, true]);
    expect(permits.available).toBe(0);
  });

  it('put back are free when nobody is in line', () => {
    const permits = new Permits(0, IGNORED);

    permits.add(2);

    expect(permits.available).toBe(2);
  });

  it('put back go straight to who waits longest', () => {
    const permits = new Permits(0, IGNORED);
    const [first, second] = [inLine(permits), inLine(permits)];

    permits.add(1);

    expect([first.waker.wakes, second.waker.wakes]).toEqual([1, 0]);
    expect([first.poll(), second.poll()]).toEqual([true, Pending]);
    expect(permits.available).toBe(0);
  });

  it('are never free while somebody waits', () => {
    const permits = new Permits(1, IGNORED);
    inLine(permits, 3);

    permits.add(1);

    expect(permits.available).toBe(0);
    expect(permits.tryAcquire()).toBe(false);
  });

  it('are collected by who is first, and nobody behind gets any before', () => {
    const permits = new Permits(1, IGNORED);
    const [big, small] = [inLine(permits, 3), inLine(permits)];

    permits.add(1);
    const early = [big.waker.wakes, small.waker.wakes];
    permits.add(2);

    expect(early).toEqual([0, 0]);
    expect([big.waker.wakes, small.waker.wakes]).toEqual([1, 1]);
  });

  it('put back at once wake all they suffice for, first come first', () => {
    const woken: Claim[] = [];
    const permits = new Permits(0, { queued: () => {}, granted: (claim) => void woken.push(claim) });
    const claims = [inLine(permits), inLine(permits, 2), inLine(permits)].map(({ claim }) => claim);

    permits.add(3);

    expect(woken).toEqual(claims.slice(0, 2));
  });

  it('are woken for only after all of them are handed out', () => {
    const seen: boolean[] = [];
    const permits: Permits = new Permits(0, { queued: () => {}, granted: () => void seen.push(permits.tryAcquire()) });
    inLine(permits);
    inLine(permits);

    permits.add(2);

    expect(seen).toEqual([false, false]);
  });

  it('wake the task that asked last', () => {
    const permits = new Permits(0, IGNORED);
    const { claim, waker } = inLine(permits);
    const newTask = new CountingWaker();
    permits.pollAcquired(claim, new Context(newTask));

    permits.add(1);

    expect([waker.wakes, newTask.wakes]).toEqual([0, 1]);
  });

  it('say that somebody had to wait', () => {
    const queued = vi.fn();
    const permits = new Permits(0, { ...IGNORED, queued });

    inLine(permits);

    expect(queued).toHaveBeenCalledOnce();
  });
});

describe('a claim that is abandoned', () => {
  it('while it waits leaves the line', () => {
    const permits = new Permits(0, IGNORED);
    const [quitter, next] = [inLine(permits), inLine(permits)];

    permits.abandon(quitter.claim);
    permits.add(1);

    expect([quitter.waker.wakes, next.waker.wakes]).toEqual([0, 1]);
  });

  it('after it was granted passes its permits on', () => {
    const permits = new Permits(0, IGNORED);
    const [quitter, next] = [inLine(permits), inLine(permits)];
    permits.add(1);

    permits.abandon(quitter.claim);

    expect(next.waker.wakes).toBe(1);
    expect(permits.available).toBe(0);
  });

  it('gives back what it had collected so far', () => {
    const permits = new Permits(2, IGNORED);
    const quitter = inLine(permits, 5);

    permits.abandon(quitter.claim);

    expect(permits.available).toBe(2);
  });

  it('lets those behind it have what it had collected', () => {
    const permits = new Permits(2, IGNORED);
    const [big, small] = [inLine(permits, 5), inLine(permits, 2)];

    permits.abandon(big.claim);

    expect(small.waker.wakes).toBe(1);
    expect(permits.available).toBe(0);
  });

  it('twice gives back once', () => {
    const permits = new Permits(1, IGNORED);
    const quitter = inLine(permits, 2);

    permits.abandon(quitter.claim);
    permits.abandon(quitter.claim);

    expect(permits.available).toBe(1);
  });
});

describe('closing', () => {
  it('wakes everybody in line, first come first', () => {
    const permits = new Permits(0, IGNORED);
    const claims = [inLine(permits), inLine(permits), inLine(permits)].map(({ claim }) => claim);
    const woken: Claim[] = [];

    permits.close((claim) => woken.push(claim));

    expect(woken).toEqual(claims);
  });

  it('refuses those in line and all who come', () => {
    const permits = new Permits(5, IGNORED);
    const waiter = inLine(permits, 6);

    permits.close(() => {});

    expect([waiter.poll(), permits.tryAcquire(), permits.closed]).toEqual([false, false, true]);
  });

  it('refuses also while permits are free', () => {
    const permits = new Permits(5, IGNORED);

    permits.close(() => {});

    expect(permits.tryAcquire()).toBe(false);
    expect(permits.available).toBe(5);
  });
});
