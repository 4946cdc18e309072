import { fromPromise, InvalidOptionError, Pending, ref, select, sleep } from 'async-lessons';
import { describe, expect, it, vi } from 'vitest';
import { byHand, ready } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

/** Lets every promise that can settle do so. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

describe('fromPromise', () => {
  it('answers the value of the promise', async () => {
    const answer = await run(function* () {
      return yield* fromPromise(Promise.resolve('tea'));
    });

    expect(answer).toBe('tea');
  });

  it('throws the reason of a promise that is rejected, as it is', async () => {
    const reason = { no: 'error' };

    const outcome = run(function* () {
      return yield* fromPromise(Promise.reject(reason));
    });

    await expect(outcome).rejects.toBe(reason);
  });

  it('is pending until the promise has settled, and wakes once', async () => {
    const wait = byHand(fromPromise(Promise.resolve('tea')));
    expect(wait.poll()).toBe(Pending);

    await settle();

    expect(wait.wakes).toBe(1);
    expect(wait.poll()).toBe('tea');
  });

  it('hears of a promise that settles before the first poll', async () => {
    const wait = byHand(fromPromise(Promise.resolve('tea')));

    await settle();

    expect(wait.poll()).toBe('tea');
    expect(wait.wakes).toBe(0);
  });

  it('keeps a rejection before the first poll from being unhandled', async () => {
    const wait = byHand(fromPromise(Promise.reject(new Error('spilled'))));

    await settle();

    expect(() => wait.poll()).toThrow('spilled');
  });

  it('takes anything with a then()', async () => {
    // biome-ignore lint/suspicious/noThenProperty: as promises of other libraries are.
    const thenable = { then: (resolve: (value: string) => void) => resolve('tea') } as PromiseLike<string>;

    const answer = await run(function* () {
      return yield* fromPromise(thenable);
    });

    expect(answer).toBe('tea');
  });

  it.each([
    ['nothing', undefined, 'undefined'],
    ['a number', 5, '5'],
    ['a string', 'tea', '"tea"'],
    ['an object', {}, 'an object (Object)'],
  ])('refuses %s', (_, value, shown) => {
    expect(() => fromPromise(value as never)).toThrow(InvalidOptionError);
    expect(() => fromPromise(value as never)).toThrow(`a promise, or a function that makes one, and got ${shown}`);
  });

  it('dropped while it waits wakes nobody', async () => {
    const wait = byHand(fromPromise(Promise.resolve('tea')));
    wait.poll();

    wait.drop();
    await settle();

    expect(wait.wakes).toBe(0);
  });

  it('dropped while it waits no longer holds up a virtual clock', async () => {
    const answer = await run(function* () {
      const never = new Promise<never>(() => {});
      yield* select({ never: fromPromise(never), soon: fromPromise(Promise.resolve('soon')) });
      yield* sleep(1000);
      return 'went on';
    });

    expect(answer).toBe('went on');
  });

  it('lent and lost can be awaited again', async () => {
    const answer = await run(function* () {
      const tea = fromPromise(new Promise<string>((resolve) => setTimeout(resolve, 5, 'tea')));
      yield* select({ tea: ref(tea), soon: fromPromise(Promise.resolve()) });
      return yield* tea;
    });

    expect(answer).toBe('tea');
  });
});

describe('fromPromise of a function', () => {
  it('is lazy: the function is called by the first poll', () => {
    const boil = vi.fn(async () => 'tea');
    const wait = byHand(fromPromise(boil));

    const before = boil.mock.calls.length;
    wait.poll();
    wait.poll();

    expect([before, boil.mock.calls.length]).toEqual([0, 1]);
  });

  it('never calls the function if it is dropped before', () => {
    const boil = vi.fn(async () => 'tea');
    const wait = byHand(fromPromise(boil));

    wait.drop();
    wait.poll();

    expect(boil).not.toHaveBeenCalled();
  });

  it('aborts the signal when it is dropped while it waits', () => {
    const { signal, wait } = started();

    wait.drop();

    expect(signal()?.aborted).toBe(true);
  });

  it('leaves the signal alone once the promise has settled', async () => {
    const { signal, wait } = started();
    await settle();
    wait.poll();

    wait.drop();

    expect(signal()?.aborted).toBe(false);
  });

  it('is stopped through its signal when it loses a select', async () => {
    const stop = vi.fn();
    const slow = (signal: AbortSignal) => new Promise<never>(() => signal.addEventListener('abort', stop));

    await run(function* () {
      yield* select({ slow: fromPromise(slow), soon: fromPromise(settle()) });
    });

    expect(stop).toHaveBeenCalledOnce();
  });

  it('throws what the function throws', () => {
    const wait = byHand(
      fromPromise(() => {
        throw new Error('no water');
      }),
    );

    expect(() => wait.poll()).toThrow('no water');
  });

  function started() {
    let given: AbortSignal | undefined;
    const wait = byHand(
      fromPromise(async (signal) => {
        given = signal;
        return 'tea';
      }),
    );
    wait.poll();
    return { wait, signal: () => given };
  }
});

describe('what is no promise', () => {
  it.each([5, null, undefined, {}])('is refused: %s', (value) => {
    expect(() => fromPromise(value as never)).toThrow('fromPromise() expects a promise, or a function that makes one');
  });

  it.each([5, null, undefined, {}])('is refused when a function answers it: %s', (value) => {
    expect(() => ready(fromPromise(() => value as never))).toThrow('fromPromise() expects a promise');
  });
});

it('tells how the promise settled, once', async () => {
  const outcomes: unknown[] = [];

  await run(
    function* () {
      yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 1)));
      try {
        yield* fromPromise(new Promise((_, reject) => setTimeout(reject, 1)));
      } catch {}
    },
    {
      observer: (event) => {
        if (event.kind === 'resource.op' && event.op === 'settled') outcomes.push(event.outcome);
      },
    },
  );

  expect(outcomes).toEqual(['fulfilled', 'rejected']);
});

it('counts as one wait, also when it is dropped after it has settled', async () => {
  const later = () => new Promise<string>((resolve) => setTimeout(resolve, 1, 'tea'));

  const answer = await run(function* () {
    const settled = byHand(fromPromise(later()));
    settled.poll();
    yield* fromPromise(later());
    settled.drop();
    settled.drop();
    return yield* fromPromise(later());
  });

  expect(answer).toBe('tea');
});
