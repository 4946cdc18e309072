import {
  type Async,
  type Context,
  Future,
  joinAll,
  NotAFutureError,
  now,
  Pending,
  type Poll,
  PolledAfterCompletionError,
  pending,
  sleep,
  spawn,
  timeout,
  tryJoinAll,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

const FEW = 30;
const SIZES = [3, FEW, FEW + 1, 100];

function* later<T>(delay: number, value: T): Async<T> {
  yield* sleep(delay);
  return value;
}

function* failAfter(delay: number, message: string): Async<never> {
  yield* sleep(delay);
  throw new Error(message);
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

/** A value that says when it is dropped. */
function cup(log: string[], name: string): Disposable {
  return { [Symbol.dispose]: () => void log.push(name) };
}

function* errorOf(future: Future<unknown>): Async<string> {
  try {
    yield* future;
  } catch (error) {
    return (error as Error).message;
  }
  return 'none';
}

describe.each(SIZES)('of %i futures, joinAll', (count) => {
  it('answers all values in the order of the futures', () =>
    run(function* () {
      expect(yield* joinAll(range(count).map((i) => later(count - i, i)))).toEqual(range(count));
      expect(now()).toBe(count);
    }));

  it('runs all to their end, then throws the error that stands first, and drops the values', () =>
    run(function* () {
      const log: string[] = [];
      const futures = [failAfter(20, 'first'), failAfter(10, 'second'), later(30, cup(log, 'cup'))];
      futures.push(...range(count - 3).map((i) => later(i, cup(log, ''))));

      expect(yield* errorOf(joinAll(futures))).toBe('first');
      expect([now() >= 30, log.length, log[0]]).toEqual([true, count - 2, 'cup']);
    }));

  it('drops what is left, and the values that were there, when it is dropped', () =>
    run(function* () {
      const log: string[] = [];
      const gates = range(count - 1).map(() => new Gate<Disposable>());
      const all = byHand(joinAll([later(0, cup(log, 'cup')), ...gates]));
      all.poll();
      all.poll();
      all.drop();
      all.drop();

      expect(log).toEqual(['cup']);
      expect(gates.every(({ drops }) => drops === 1)).toBe(true);
    }));

  it('cannot be awaited again', () => {
    const all = joinAll(range(count).map((i) => later(0, i)));

    return run(function* () {
      yield* all;
      expect(() => ready(all)).toThrow(PolledAfterCompletionError);
    });
  });

  it('takes nothing but futures', () => {
    expect(() => joinAll([...range(count - 1).map(() => pending()), 5 as never])).toThrow(NotAFutureError);
  });
});

describe.each(SIZES)('of %i futures, tryJoinAll', (count) => {
  it('answers all values in the order of the futures', () =>
    run(function* () {
      expect(yield* tryJoinAll(range(count).map((i) => later(count - i, i)))).toEqual(range(count));
    }));

  it('gives up at the first error, and drops the rest and the values before it throws', () =>
    run(function* () {
      const log: string[] = [];
      const gates = range(count - 2).map(() => new Gate<Disposable>());
      const all = tryJoinAll([later(5, cup(log, 'cup')), ...gates, failAfter(10, 'spilled')]);

      expect(yield* errorOf(all)).toBe('spilled');
      expect(now()).toBe(10);
      expect(log).toEqual(['cup']);
      expect(gates.every(({ drops }) => drops === 1)).toBe(true);
      expect(() => ready(all)).toThrow(PolledAfterCompletionError);
    }));
});

describe('joinAll', () => {
  it('of nothing answers nothing at once', () => {
    expect([ready(joinAll([])), ready(tryJoinAll([]))]).toEqual([[], []]);
  });

  it('takes anything that can be iterated', () => {
    const gate = new Gate<string>();
    gate.open('tea');

    expect(ready(joinAll(new Set([gate])))).toEqual(['tea']);
  });

  it('of up to thirty polls all at every wake, the first one first', () => {
    const gates = range(FEW).map(() => new Gate<number>());
    const all = byHand(joinAll(gates));
    all.poll();
    gates[7]?.open(7);
    all.poll();

    expect(all.wakes).toBe(1);
    expect(gates.map(({ polls }) => polls)).toEqual(range(FEW).map(() => 2));
  });

  it('starts with the first one every time, unlike join', () => {
    const log: string[] = [];
    class Named extends Future<void> {
      readonly #name: string;
      constructor(name: string) {
        super();
        this.#name = name;
      }
      override poll(_: Context): Poll<void> {
        log.push(this.#name);
        return Pending;
      }
    }
    const all = byHand(joinAll([new Named('a'), new Named('b')]));
    for (let i = 0; i < 2; i++) all.poll();

    expect(log).toEqual(['a', 'b', 'a', 'b']);
  });

  it('of more polls only those that were woken', () => {
    const gates = range(FEW + 1).map(() => new Gate<number>());
    const all = byHand(joinAll(gates));
    all.poll();
    gates[7]?.open(7);
    all.poll();

    expect(gates.map(({ polls }) => polls)).toEqual(range(FEW + 1).map((i) => (i === 7 ? 2 : 1)));
  });

  it('of ten thousand that sleep polls each of them twice', () =>
    run(function* () {
      let polls = 0;
      class Counted extends Future<void> {
        readonly #nap: Future<void>;
        constructor(delay: number) {
          super();
          this.#nap = sleep(delay);
        }
        override poll(cx: Context): Poll<void> {
          polls += 1;
          return this.#nap.poll(cx);
        }
      }
      const futures = range(10_000).map((i) => new Counted(1 + ((i * 7919) % 10_000)));
      yield* joinAll(futures);

      // A few of them more: the budget of each turn.
      expect(polls).toBeGreaterThanOrEqual(20_000);
      expect(polls).toBeLessThan(20_100);
    }));

  it('is dropped with what waits in it', () =>
    run(function* () {
      const log: number[] = [];
      function* noted(i: number): Async<void> {
        try {
          yield* pending();
        } finally {
          log.push(i);
        }
      }
      const task = spawn(joinAll(range(40).map(noted)));
      yield* yieldNow();
      task.abort();
      yield* yieldNow();

      expect(log.toSorted((a, b) => a - b)).toEqual(range(40));
    }));

  it('under a timeout keeps its label for the trace', () =>
    run(function* () {
      expect(yield* errorOf(timeout(5, joinAll(range(40).map(() => pending()))))).toBe('deadline has elapsed');
      expect([joinAll([]).label, tryJoinAll(range(40).map(() => pending())).label]).toEqual([
        'joinAll()',
        'tryJoinAll()',
      ]);
    }));
});
