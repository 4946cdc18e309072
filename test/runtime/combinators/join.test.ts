import {
  type Async,
  type Awaitable,
  type Context,
  Future,
  join,
  NotAFutureError,
  now,
  Pending,
  type Poll,
  PolledAfterCompletionError,
  sleep,
  tryJoin,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

function* answer<T>(value: T): Async<T> {
  return value;
}

function* failAfter(delay: number, message: string): Async<never> {
  yield* sleep(delay);
  throw new Error(message);
}

function fails(message: string): Future<never> {
  return new (class extends Future<never> {
    override poll(): never {
      throw new Error(message);
    }
  })();
}

/** Logs its name at every poll, and is never ready. */
class Spy extends Future<void> {
  readonly #log: string[];
  readonly #name: string;

  constructor(log: string[], name: string) {
    super();
    this.#log = log;
    this.#name = name;
  }

  override poll(_: Context): Poll<void> {
    this.#log.push(this.#name);
    return Pending;
  }
}

/** Throws when it is dropped. */
class Clingy extends Gate {
  override drop(): void {
    super.drop();
    throw new Error('cannot let go');
  }
}

const combinators: [string, (...futures: Awaitable<unknown>[]) => Future<unknown[]>][] = [
  ['join', join],
  ['tryJoin', tryJoin],
];

describe.each(combinators)('%s', (name, combine) => {
  it('is lazy: nothing is polled before it is', () => {
    const gate = new Gate();

    combine(gate);

    expect(gate.polls).toBe(0);
  });

  it('answers all values in the order in which the futures were given', () => {
    const [slow, fast] = [new Gate<string>(), new Gate<string>()];
    const both = byHand(combine(slow, fast));
    both.poll();

    fast.open('second');
    both.poll();
    slow.open('first');

    expect(both.poll()).toEqual(['first', 'second']);
  });

  it('of nothing is ready at once', () => {
    expect(ready(combine())).toEqual([]);
  });

  it('takes as long as the slowest', async () => {
    const time = await run(function* () {
      yield* combine(sleep(30), sleep(10), sleep(20));
      return now();
    });

    expect(time).toBe(30);
  });

  it('polls all that are unfinished at every wake', () => {
    const [a, b] = [new Gate(), new Gate()];
    const both = byHand(combine(a, b));
    both.poll();

    a.open();
    both.poll();
    both.poll();

    expect([a.polls, b.polls]).toEqual([2, 3]);
  });

  it('starts with the next one at each poll', () => {
    const log: string[] = [];
    const all = byHand(combine(new Spy(log, 'a'), new Spy(log, 'b'), new Spy(log, 'c')));

    for (let i = 0; i < 4; i++) all.poll();

    expect(log.join('')).toBe('abcbcacababc');
  });

  it('drops those that are unfinished when it is dropped', () => {
    const [done, waiting] = [new Gate(), new Gate()];
    const both = byHand(combine(done, waiting));
    done.open();
    both.poll();

    both.drop();

    expect([done.drops, waiting.drops]).toEqual([0, 1]);
  });

  it('disposes the values that nobody will get when it is dropped', () => {
    const log: string[] = [];
    const both = byHand(combine(answer({ [Symbol.dispose]: () => void log.push('disposed') }), new Gate()));
    both.poll();

    both.drop();

    expect(log).toEqual(['disposed']);
  });

  it('drops the others although one of them fails to be dropped', () => {
    const [clingy, other] = [new Clingy(), new Gate()];
    const both = byHand(combine(clingy, other));
    both.poll();

    expect(() => both.drop()).toThrow('cannot let go');
    expect(other.drops).toBe(1);
  });

  it('can be dropped twice', () => {
    const gate = new Gate();
    const both = byHand(combine(gate));
    both.poll();

    both.drop();
    both.drop();

    expect(gate.drops).toBe(1);
  });

  it('complains when it is awaited again after it has answered', () => {
    const both = byHand(combine(answer(1)));
    both.poll();

    expect(() => both.poll()).toThrow(PolledAfterCompletionError);
  });

  it('refuses what cannot be awaited', () => {
    expect(() => combine(answer(1), Promise.resolve() as never)).toThrow(NotAFutureError);
    expect(() => combine(answer(1), Promise.resolve() as never)).toThrow(
      `${name}() expects a future, and got a promise: wrap it in fromPromise(…)`,
    );
  });
});

describe('join', () => {
  it('runs the others to their end when one throws, and throws then', async () => {
    const log: string[] = [];
    function* thorough(): Async<void> {
      yield* sleep(20);
      log.push(`done at ${now()}`);
    }

    const outcome = run(function* () {
      yield* join(failAfter(10, 'spilled'), thorough());
    });

    await expect(outcome).rejects.toThrow('spilled');
    expect(log).toEqual(['done at 20']);
  });

  it('throws the error that stands first, not the one that came first', async () => {
    const outcome = run(function* () {
      yield* join(failAfter(20, 'first in place'), failAfter(10, 'first in time'));
    });

    await expect(outcome).rejects.toThrow('first in place');
  });

  it('disposes the values of the others when one threw', () => {
    const log: string[] = [];
    const both = byHand(join(answer({ [Symbol.dispose]: () => void log.push('disposed') }), fails('spilled')));

    expect(() => both.poll()).toThrow('spilled');
    expect(log).toEqual(['disposed']);
  });
});

describe('tryJoin', () => {
  it('drops the others where they wait as soon as one throws', async () => {
    const gate = new Gate();

    const [time, message] = await run(function* () {
      try {
        yield* tryJoin(gate, failAfter(10, 'spilled'));
        return [];
      } catch (error) {
        return [now(), (error as Error).message];
      }
    });

    expect([time, message]).toEqual([10, 'spilled']);
    expect(gate.drops).toBe(1);
  });

  it('does not drop the one that threw', () => {
    const spilled = new (class extends Gate {
      override poll(): Poll<void> {
        throw new Error('spilled');
      }
    })();

    expect(() => ready(tryJoin(spilled))).toThrow('spilled');
    expect(spilled.drops).toBe(0);
  });

  it('throws the error that comes first in poll order', () => {
    const both = byHand(tryJoin(fails('first'), fails('second')));

    expect(() => both.poll()).toThrow('first');
  });
});
