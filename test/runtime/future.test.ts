import { runInNewContext } from 'node:vm';
import {
  type Async,
  type Awaitable,
  Context,
  dropFuture,
  Future,
  mpsc,
  NotAFutureError,
  OutsideRuntimeError,
  Pending,
  type Poll,
  pending,
  pollFuture,
  ref,
  sleep,
  UnawaitedYieldError,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { asFuture, dropEach } from '../../src/runtime/future.ts';
import { Gate } from '../support/gate.ts';
import { byHand, CountingWaker, ready } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

/** Waits for ever, and awaits something more when it is dropped. */
function* waitThen(cleanUp: () => Awaitable<void>): Async<void> {
  try {
    yield* pending();
  } finally {
    yield* cleanUp();
  }
}

/** A function as JavaScript programs have them: with a plain `yield` that the compiler would refuse. */
function untyped<T>(body: () => Generator<unknown, T, unknown>): Async<T> {
  return body() as Async<T>;
}

describe('an async function', () => {
  it('is lazy: calling it runs nothing', () => {
    const log: string[] = [];
    function* makeTea(): Async<void> {
      log.push('kettle on');
    }

    makeTea();

    expect(log).toEqual([]);
  });

  it('runs up to its first wait when it is polled first', () => {
    const log: string[] = [];
    const tea = byHand(
      (function* (): Async<void> {
        log.push('before');
        yield* new Gate();
        log.push('after');
      })(),
    );

    const answer = tea.poll();

    expect(answer).toBe(Pending);
    expect(log).toEqual(['before']);
  });

  it('goes on where it stopped', () => {
    const water = new Gate<string>();
    const tea = byHand(
      (function* (): Async<string> {
        return `tea of ${yield* water}`;
      })(),
    );
    tea.poll();

    water.open('hot water');

    expect(tea.poll()).toBe('tea of hot water');
  });

  it('does not let go while everything it awaits is ready, however deep', () => {
    function* nested(depth: number): Async<number> {
      return depth === 0 ? 0 : 1 + (yield* nested(depth - 1));
    }
    const deep = byHand(nested(50));

    const answer = deep.poll();

    expect(answer).toBe(50);
  });

  it('throws out of the poll what nobody in it catches', () => {
    const tea = byHand(
      (function* (): Async<void> {
        throw new Error('no leaves');
      })(),
    );

    expect(() => tea.poll()).toThrow('no leaves');
  });

  it('can catch what the future throws that it awaits', () => {
    function* boil(): Async<void> {
      throw new Error('dry');
    }
    const tea = (function* (): Async<string> {
      try {
        yield* boil();
        return 'tea';
      } catch (error) {
        return (error as Error).message;
      }
    })();

    expect(ready(tea)).toBe('dry');
  });

  it('is polled from its root down to its leaf at every poll', () => {
    const leaf = new Gate();
    const root = byHand(
      (function* (): Async<void> {
        yield* (function* (): Async<void> {
          yield* leaf;
        })();
      })(),
    );

    for (let i = 0; i < 3; i++) root.poll();

    expect(leaf.polls).toBe(3);
  });
});

describe('a plain yield', () => {
  it('of a value is thrown back at the yield, where it can be caught', () => {
    const caught = untyped(function* () {
      try {
        yield 5;
      } catch (error) {
        return error;
      }
      return undefined;
    });

    const error = ready(caught);

    expect(error).toBeInstanceOf(UnawaitedYieldError);
    expect((error as Error).message).toBe('a task yielded 5: only `yield*` of a future waits');
  });

  it('of a future names the future and the missing star', async () => {
    const main = () =>
      untyped(function* () {
        yield sleep(1);
      });

    await expect(run(main)).rejects.toThrow('`yield` without its star: write `yield* sleep(1ms)` to await it');
  });

  it('of an async function names the missing star', () => {
    function* boil(): Async<void> {}
    const tea = untyped(function* () {
      yield boil();
    });

    expect(() => ready(tea)).toThrow('`yield` without its star: write `yield* …` to await it');
  });

  it('of nothing is no wait either', () => {
    const idle = untyped(function* () {
      yield;
    });

    expect(() => ready(idle)).toThrow('a task yielded undefined: only `yield*` of a future waits');
  });

  it('runs the finally blocks that it passes', () => {
    const log: string[] = [];
    const slip = untyped(function* () {
      try {
        yield 5;
      } finally {
        log.push('cleaned up');
      }
    });

    expect(() => ready(slip)).toThrow(UnawaitedYieldError);
    expect(log).toEqual(['cleaned up']);
  });

  it('deep inside surfaces in the innermost function', () => {
    const inner = () =>
      untyped(function* () {
        yield 5;
      });
    const outer = untyped(function* () {
      try {
        yield* inner();
        return 'nothing';
      } catch {
        return 'seen from outside';
      }
    });

    expect(ready(outer)).toBe('seen from outside');
  });

  it('does not keep the thread although every slip is caught: a hundred are told, and it is over', () => {
    let told = 0;
    const stubborn = untyped(function* () {
      while (told < 1000) {
        try {
          yield 'sugar';
        } catch {
          told += 1;
        }
      }
    });

    expect(() => ready(stubborn)).toThrow(UnawaitedYieldError);
    expect(told).toBe(100);
  });

  it('keeps what was yielded', () => {
    const slip = untyped(function* () {
      yield 'sugar';
    });

    expect(() => ready(slip)).toThrow(expect.objectContaining({ yielded: 'sugar' }));
  });
});

describe('what can be awaited', () => {
  const method = () => {};

  it('may come from another realm', () => {
    const generator = runInNewContext('(function* () { return "tea"; })()');

    expect(ready(ref<string>(generator))).toBe('tea');
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'tea'],
    ['a function with such methods', Object.assign(() => {}, { next: method, return: method, throw: method })],
    ['an iterator that cannot be told to stop', { next: method, throw: method }],
    ['an iterator that cannot be thrown into', { next: method, return: method }],
    ['what has no next', { return: method, throw: method }],
    ['an async generator', (async function* () {})()],
  ])('is not %s', (_, value) => {
    expect(() => ref(value as never)).toThrow(NotAFutureError);
  });
});

it('Pending has a name, to be read in a debugger', () => {
  expect(String(Pending)).toBe('Symbol(Pending)');
});

describe('dropping several things', () => {
  it('throws the first error, after all were dropped', () => {
    const dropped: number[] = [];

    expect(() =>
      dropEach([1, 2, 3], (n) => {
        dropped.push(n);
        throw new Error(`number ${n}`);
      }),
    ).toThrow('number 1');
    expect(dropped).toEqual([1, 2, 3]);
  });
});

describe('a future that was dropped', () => {
  it.each<[string, () => void]>([
    [
      'by using',
      () => {
        using _nap = sleep(5);
      },
    ],
    ['with others', () => dropFuture(sleep(5))],
  ])('%s is not one that somebody forgot', async (_, dropIt) => {
    const forgotten: unknown[] = [];

    await run(
      function* () {
        dropIt();
      },
      { observer: (event) => event.kind === 'future.unawaited' && forgotten.push(event) },
    );

    expect(forgotten).toEqual([]);
  });

  it('may be so where no executor polls', () => {
    const gate = new Gate();
    function* waiter(): Async<void> {
      using _gate = gate;
    }

    ready(waiter());

    expect(gate.drops).toBe(1);
  });
});

describe('dropping an async function', () => {
  it('drops the leaf it waits for', () => {
    const leaf = new Gate();
    const tea = byHand(
      (function* (): Async<void> {
        yield* leaf;
      })(),
    );
    tea.poll();

    tea.drop();

    expect(leaf.drops).toBe(1);
  });

  it('runs finally and using, the callee first, the latest first', () => {
    const log: string[] = [];
    const onDrop = (name: string): Disposable => ({ [Symbol.dispose]: () => log.push(name) });
    function* callee(): Async<void> {
      using _cup = onDrop('cup');
      using _leaves = onDrop('leaves');
      yield* pending();
    }
    const caller = byHand(
      (function* (): Async<void> {
        try {
          yield* callee();
        } finally {
          log.push('caller');
        }
      })(),
    );
    caller.poll();

    caller.drop();

    expect(log).toEqual(['leaves', 'cup', 'caller']);
  });

  it('that was never polled runs nothing', () => {
    const log: string[] = [];
    const tea = byHand(
      (function* (): Async<void> {
        try {
          log.push('started');
        } finally {
          log.push('cleaned up');
        }
      })(),
    );

    tea.drop();

    expect(log).toEqual([]);
  });

  it('that has answered does nothing', () => {
    const leaf = new Gate();
    const tea = byHand(
      (function* (): Async<void> {
        yield* leaf;
      })(),
    );
    leaf.open();
    tea.poll();

    tea.drop();

    expect(leaf.drops).toBe(0);
  });

  it('cuts short a finally that awaits, and tells it', () =>
    run(function* () {
      const water = new Gate();
      const messages: string[] = [];
      const tea = byHand(
        waitThen(function* () {
          try {
            yield* water;
          } catch (error) {
            messages.push((error as Error).message);
          }
        }),
      );
      tea.poll();

      tea.drop();

      expect(messages).toEqual([expect.stringContaining('awaited while its future was being dropped')]);
      expect(water.drops).toBe(1);
    }));

  it('throws on what a finally that awaits did not catch', () =>
    run(function* () {
      const tea = byHand(waitThen(() => new Gate()));
      tea.poll();

      expect(() => tea.drop()).toThrow(UnawaitedYieldError);
    }));

  it('cuts short every finally that awaits, also those around it', () =>
    run(function* () {
      const [inner, outer] = [new Gate(), new Gate()];
      const tea = byHand(
        (function* (): Async<void> {
          try {
            yield* waitThen(() => inner);
          } finally {
            yield* outer;
          }
        })(),
      );
      tea.poll();

      expect(() => tea.drop()).toThrow(UnawaitedYieldError);
      expect([inner.drops, outer.drops]).toEqual([1, 1]);
    }));

  it('is over although every finally awaits again, after a hundred', () =>
    run(function* () {
      let cuts = 0;
      const stubborn = byHand(
        (function* (): Async<void> {
          for (;;) {
            try {
              yield* pending();
            } catch {
              cuts += 1;
            } finally {
              // biome-ignore lint/correctness/noUnsafeFinally: that is the point
              if (cuts < 1000) continue;
            }
          }
        })(),
      );
      stubborn.poll();

      stubborn.drop();

      expect(cuts).toBe(100);
    }));

  it('lets a finally await what is ready', () =>
    run(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      const tea = byHand(waitThen(() => tx.send('rinsed')));
      tea.poll();

      tea.drop();

      expect(rx.tryRecv()).toBe('rinsed');
    }));
});

describe('Future', () => {
  class Ready extends Future<string> {
    override poll(): Poll<string> {
      return 'tea';
    }
  }

  it('is lazy: making one polls nothing', () => {
    const gate = new Gate();

    byHand(gate);

    expect(gate.polls).toBe(0);
  });

  it('says done and the value in the words of a generator', async () => {
    const step = await run(function* () {
      return new Ready().next();
    });

    expect(step).toEqual({ done: true, value: 'tea' });
  });

  it('says Pending in the words of a generator', async () => {
    const step = await run(function* () {
      return new Gate().next();
    });

    expect(step).toEqual({ done: false, value: Pending });
  });

  it('drops itself when it is returned', () => {
    const gate = new Gate();

    const step = gate.return();

    expect(gate.drops).toBe(1);
    expect(step).toEqual({ done: true, value: undefined });
  });

  it('drops itself when it is thrown into, and throws on', () => {
    const gate = new Gate();

    expect(() => gate.throw(new Error('spilled'))).toThrow('spilled');
    expect(gate.drops).toBe(1);
  });

  it('is dropped at the end of a using block', () => {
    const gate = new Gate();

    {
      using _gate = gate;
    }

    expect(gate.drops).toBe(1);
  });

  it('is called by its class unless it says otherwise', () => {
    expect(new Ready().label).toBe('Ready');
  });

  it('cannot be stepped where no runtime runs', () => {
    const wait = pending();

    expect(() => wait.next()).toThrow(OutsideRuntimeError);
    expect(() => wait.next()).toThrow('yield* pending() needs a running runtime');
  });

  it('written by hand can wake its own task and is polled again', async () => {
    class Countdown extends Future<string> {
      left = 3;
      override poll(cx: Context): Poll<string> {
        if (this.left === 0) return 'liftoff';
        this.left -= 1;
        cx.waker.wake();
        return Pending;
      }
    }

    const answer = await run(function* () {
      return yield* new Countdown();
    });

    expect(answer).toBe('liftoff');
  });
});

describe('asFuture', () => {
  function* makeTea(): Async<void> {}

  it('takes futures and what async functions return', () => {
    const [future, generator] = [pending(), makeTea()];

    expect(asFuture(future, 'spawn()')).toBe(future);
    expect(asFuture(generator, 'spawn()')).toBe(generator);
  });

  it.each([
    ['a function that was not called', makeTea, 'got the function makeTea: call it, `makeTea()`'],
    ['a function without a name', () => {}, 'got the function (anonymous): call it, `f()`'],
    ['a promise', Promise.resolve(), 'got a promise: wrap it in fromPromise(…)'],
    ['nothing', undefined, 'got undefined'],
    ['null', null, 'got null'],
    ['a string', 'tea', 'got "tea"'],
    ['an object', new Map(), 'got an object (Map)'],
    ['an array', [1], 'got an object (Array)'],
  ])('refuses %s, and says what to do', (_, value, message) => {
    expect(() => asFuture(value, 'spawn()')).toThrow(NotAFutureError);
    expect(() => asFuture(value, 'spawn()')).toThrow(`spawn() expects a future, and ${message}`);
  });

  it("refuses JavaScript's own async generators, whose steps are promises", () => {
    async function* makeTeaSoon(): AsyncGenerator<never, void> {}

    expect(() => asFuture(makeTeaSoon(), 'spawn()')).toThrow(NotAFutureError);
  });
});

describe('pollFuture', () => {
  it('makes the context current for what runs inside', () => {
    const contexts: unknown[] = [];
    const context = new Context(new CountingWaker());
    class Spy extends Future<void> {
      override poll(cx: Context): Poll<void> {
        contexts.push(cx);
      }
    }

    pollFuture(
      untyped(() => new Spy() as never),
      context,
    );

    expect(contexts).toEqual([context]);
  });
});
