import {
  type Async,
  type Awaitable,
  Elapsed,
  InvalidDurationError,
  NotAFutureError,
  now,
  OutsideRuntimeError,
  PolledAfterCompletionError,
  pending,
  Runtime,
  ref,
  sleep,
  timeout,
  timeoutAt,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

/** What comes of a wait, and when. */
function* outcomeOf<T>(future: Awaitable<T>): Async<[number, T | 'elapsed']> {
  try {
    const value = yield* future;
    return [now(), value];
  } catch (error) {
    if (!(error instanceof Elapsed)) throw error;
    return [now(), 'elapsed'];
  }
}

describe('timeout', () => {
  it('answers the value of a future that is in time', async () => {
    const outcome = await run(() => outcomeOf(lazyTimeout(20, 10)));

    expect(outcome).toEqual([10, 'tea']);
  });

  it('gives up when the time is up', async () => {
    const outcome = await run(() => outcomeOf(lazyTimeout(10, 20)));

    expect(outcome).toEqual([10, 'elapsed']);
  });

  it('counts being ready at the deadline as in time', async () => {
    const outcome = await run(() => outcomeOf(lazyTimeout(10, 10)));

    expect(outcome).toEqual([10, 'tea']);
  });

  it('of 0 still polls the future once', () =>
    run(function* () {
      const gate = new Gate<string>();
      gate.open('tea');

      expect(ready(timeout(0, gate))).toBe('tea');
    }));

  it('of 0 gives up at once on what is not ready', () =>
    run(function* () {
      expect(() => ready(timeout(0, pending()))).toThrow(Elapsed);
    }));

  it('counts from the call, not from the first poll', async () => {
    const outcome = await run(function* () {
      const patience = timeout(10, pending());
      yield* sleep(7);
      return yield* outcomeOf(patience);
    });

    expect(outcome).toEqual([10, 'elapsed']);
  });

  it('drops the future before it throws', () =>
    run(function* () {
      const gate = new Gate();

      expect(() => ready(timeout(0, gate))).toThrow(Elapsed);
      expect(gate.drops).toBe(1);
    }));

  it('does not drop a future that was lent', () =>
    run(function* () {
      const gate = new Gate();

      expect(() => ready(timeout(0, ref(gate)))).toThrow(Elapsed);
      expect(gate.drops).toBe(0);
    }));

  it('disarms its timer when the future is ready first', async () => {
    const time = await run(function* () {
      yield* timeout(1000, sleep(10));
      yield* sleep(5);
      return now();
    });

    expect(time).toBe(15);
  });

  it('throws what the future throws, and disarms its timer', () =>
    run(function* () {
      const broken = byHand(timeout(10, failAfter(5)));
      broken.poll();
      yield* sleep(5);

      expect(() => broken.poll()).toThrow('spilled');
      yield* sleep(10);
      expect(broken.wakes).toBe(1);
    }));

  it('dropped while it waits drops the future and disarms its timer', () =>
    run(function* () {
      const gate = new Gate();
      const patience = byHand(timeout(10, gate));
      patience.poll();

      patience.drop();
      yield* sleep(20);

      expect([gate.drops, patience.wakes]).toEqual([1, 0]);
    }));

  it('disarms its timer although the future fails to be dropped', () =>
    run(function* () {
      class Clingy extends Gate {
        override drop(): void {
          throw new Error('cannot let go');
        }
      }
      const patience = byHand(timeout(10, new Clingy()));
      patience.poll();

      expect(() => patience.drop()).toThrow('cannot let go');
      yield* sleep(20);
      expect(patience.wakes).toBe(0);
    }));

  it('costs one poll more only at its deadline', async () => {
    const gate = new Gate();

    await run(function* () {
      yield* outcomeOf(timeout(10, gate));
    });

    expect(gate.polls).toBe(2);
  });

  it('around another with the same deadline lets the inner one speak', async () => {
    const outcome = await run(() => outcomeOf(nested()));

    expect(outcome).toEqual([10, [10, 'elapsed']]);
  });

  it('complains when it is awaited again after it has answered', () =>
    run(function* () {
      const patience = byHand(timeout(10, sleep(0)));
      patience.poll();

      expect(() => patience.poll()).toThrow(PolledAfterCompletionError);
    }));

  it('of Infinity never gives up', async () => {
    const outcome = await run(() => outcomeOf(lazyTimeout(Number.POSITIVE_INFINITY, 1000)));

    expect(outcome).toEqual([1000, 'tea']);
  });

  it.each([-1, Number.NaN, '5'])('refuses %s', (value) =>
    run(function* () {
      expect(() => timeout(value as number, pending())).toThrow(InvalidDurationError);
    }),
  );

  it('refuses what cannot be awaited', () =>
    run(function* () {
      expect(() => timeout(10, Promise.resolve() as never)).toThrow(NotAFutureError);
      expect(() => timeout(10, Promise.resolve() as never)).toThrow('timeout() expects a future, and got a promise');
    }));

  it('needs a running runtime', () => {
    expect(() => timeout(10, pending())).toThrow(OutsideRuntimeError);
  });

  it('is called by its duration', () =>
    run(function* () {
      expect(timeout(1500, pending()).label).toBe('timeout(1.5s)');
    }));

  it('says what it was told, also where the clock goes on meanwhile', async () => {
    const labels = new Set<string>();

    await new Runtime().blockOn(
      (function* (): Async<void> {
        for (let n = 0; n < 200; n++) {
          const patience = timeout(1000, sleep(0));
          labels.add(patience.label);
          yield* patience;
        }
      })(),
    );

    expect([...labels]).toEqual(['timeout(1s)']);
  });

  function* tea(duration: number): Async<string> {
    yield* sleep(duration);
    return 'tea';
  }

  function* lazyTimeout(limit: number, duration: number): Async<string> {
    return yield* timeout(limit, tea(duration));
  }

  function* nested(): Async<unknown> {
    return yield* timeout(10, outcomeOf(timeout(10, pending())));
  }

  function* failAfter(delay: number): Async<never> {
    yield* sleep(delay);
    throw new Error('spilled');
  }
});

describe('timeoutAt', () => {
  it('gives up when the clock shows its deadline', async () => {
    const outcome = await run(function* () {
      yield* sleep(5);
      return yield* outcomeOf(timeoutAt(20, pending()));
    });

    expect(outcome).toEqual([20, 'elapsed']);
  });

  it('of the past still polls the future once', () =>
    run(function* () {
      yield* sleep(20);
      const gate = new Gate<string>();
      gate.open('tea');

      expect(ready(timeoutAt(10, gate))).toBe('tea');
    }));

  it('of the past gives up at once on what is not ready', () =>
    run(function* () {
      yield* sleep(20);
      const patience = byHand(timeoutAt(10, pending()));

      expect(() => patience.poll()).toThrow(Elapsed);
    }));

  it.each([-1, Number.NaN, '5'])('refuses %s', (value) =>
    run(function* () {
      expect(() => timeoutAt(value as number, pending())).toThrow(InvalidDurationError);
    }),
  );
});
