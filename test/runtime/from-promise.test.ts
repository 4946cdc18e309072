import { fromPromise, InvalidOptionError, Pending, ref, select, sleep } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../support/hand-poll.ts';
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
    let calls = 0;
    const wait = byHand(fromPromise(async () => void (calls += 1)));

    const before = calls;
    wait.poll();
    wait.poll();

    expect([before, calls]).toEqual([0, 1]);
  });

  it('never calls the function if it is dropped before', () => {
    let calls = 0;
    const wait = byHand(fromPromise(async () => void (calls += 1)));

    wait.drop();
    wait.poll();

    expect(calls).toBe(0);
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

  it('is stopped by a timeout through its signal', async () => {
    let stopped = false;
    const slow = (signal: AbortSignal) =>
      new Promise<never>(() => signal.addEventListener('abort', () => void (stopped = true)));

    const outcome = run(function* () {
      yield* select({ slow: fromPromise(slow), soon: fromPromise(settle()) });
    });

    await outcome;
    expect(stopped).toBe(true);
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
