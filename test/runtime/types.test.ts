/** What the compiler promises. `tsc -p test` checks it; vitest only sees that it runs. */
import {
  type AbortHandle,
  type Async,
  type Awaitable,
  branch,
  type Context,
  Future,
  FuturesUnordered,
  fromPromise,
  type Joined,
  type JoinHandle,
  JoinSet,
  join,
  joinAll,
  Mutex,
  type MutexGuard,
  mpsc,
  type Output,
  oneshot,
  Pending,
  type Poll,
  pending,
  println,
  Runtime,
  ref,
  select,
  sleep,
  spawn,
  TaskLocal,
  timeout,
  tryJoin,
  tryJoinAll,
  unconstrained,
  yieldNow,
} from 'async-lessons';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { run } from '../support/run.ts';

interface Tea {
  readonly leaves: string;
}

function* makeTea(): Async<Tea> {
  return { leaves: 'green' };
}

function* count(): Async<number> {
  return 1;
}

function* greet(): Async<string> {
  yield* sleep(1);
  return 'text';
}

describe('an async function', () => {
  it('is typed by what it answers', () => {
    expectTypeOf(makeTea()).toEqualTypeOf<Async<Tea>>();
    expectTypeOf<Output<ReturnType<typeof makeTea>>>().toEqualTypeOf<Tea>();
  });

  it('gets from `yield*` the type of what it awaits', () =>
    run(function* () {
      expectTypeOf(yield* makeTea()).toEqualTypeOf<Tea>();
      expectTypeOf(yield* sleep(1)).toEqualTypeOf<void>();
      expectTypeOf(yield* yieldNow()).toEqualTypeOf<void>();
      expectTypeOf(yield* fromPromise(Promise.resolve('tea'))).toEqualTypeOf<string>();
      expectTypeOf(yield* fromPromise(async () => 5)).toEqualTypeOf<number>();
    }));

  it('cannot yield a value', () => {
    function* slip(): Async<void> {
      // @ts-expect-error -- only `yield*` waits; a plain value is nothing that an executor could wait for.
      yield 5;
    }

    expectTypeOf(slip).returns.toEqualTypeOf<Async<void>>();
  });

  it('cannot yield a future without its star', () => {
    function* slip(): Async<void> {
      // @ts-expect-error -- `yield sleep(1)` hands the future out and does not await it.
      yield sleep(1);
    }

    expectTypeOf(slip).returns.toEqualTypeOf<Async<void>>();
  });

  it('cannot yield another async function without its star', () => {
    function* slip(): Async<void> {
      // @ts-expect-error -- `yield makeTea()` hands the generator out and does not await it.
      yield makeTea();
    }

    expectTypeOf(slip).returns.toEqualTypeOf<Async<void>>();
  });

  it('cannot answer another type than it says', () => {
    function* wrong(): Async<Tea> {
      // @ts-expect-error -- a string is not Tea.
      return 'tea';
    }

    expectTypeOf(wrong).returns.toEqualTypeOf<Async<Tea>>();
  });

  it('cannot await a promise', () => {
    function* slip(): Async<void> {
      // @ts-expect-error -- a promise is no future: it needs fromPromise().
      yield* Promise.resolve();
    }

    expectTypeOf(slip).returns.toEqualTypeOf<Async<void>>();
  });

  it('cannot await a list', () => {
    function* slip(): Async<void> {
      // @ts-expect-error -- an array is iterable, and no future.
      yield* [1, 2];
    }

    expectTypeOf(slip).returns.toEqualTypeOf<Async<void>>();
  });

  it('written inline needs no types', () => {
    const brew = function* () {
      const tea = yield* makeTea();
      yield* sleep(1);
      return tea.leaves;
    };

    expectTypeOf(brew()).toExtend<Async<string>>();
  });
});

describe('Future', () => {
  it('is awaitable, and typed by what it answers', () => {
    expectTypeOf<Output<Future<Tea>>>().toEqualTypeOf<Tea>();
    expectTypeOf<Future<Tea>>().toExtend<Awaitable<Tea>>();
    expectTypeOf<Async<Tea>>().toExtend<Awaitable<Tea>>();
  });

  it('written by hand must be able to be polled', () => {
    // @ts-expect-error -- poll() is missing.
    class Forgotten extends Future<void> {}
    expectTypeOf<Forgotten>().toExtend<Future<void>>();
    class Ready extends Future<number> {
      override poll(_: Context): Poll<number> {
        return 1;
      }
    }

    expectTypeOf(new Ready().poll).returns.toEqualTypeOf<number | typeof Pending>();
    expectTypeOf<Output<Ready>>().toEqualTypeOf<number>();
  });

  it('answers another type than Pending only as it says', () => {
    class Wrong extends Future<number> {
      // @ts-expect-error -- the answer is a string, and the future says number.
      override poll(): Poll<string> {
        return Pending;
      }
    }

    expectTypeOf<Wrong>().toExtend<Disposable>();
  });
});

describe('spawn', () => {
  it('gives a handle of the type that the task answers', () => {
    const start = () => [spawn(makeTea()), spawn(sleep(1))] as const;

    expectTypeOf(start).returns.toEqualTypeOf<readonly [JoinHandle<Tea>, JoinHandle<void>]>();
  });

  it('does not take a function that was not called', () => {
    // @ts-expect-error -- makeTea is a function; its call is the future.
    const slip = () => spawn(makeTea);

    return run(function* () {
      expect(slip).toThrow('got the function makeTea');
    });
  });

  it('does not take a promise', () => {
    // @ts-expect-error -- a promise is no future: it needs fromPromise().
    const slip = () => spawn(Promise.resolve());

    return run(function* () {
      expect(slip).toThrow('got a promise');
    });
  });
});

describe('blockOn', () => {
  it('gives a promise of what the main future answers', () => {
    const start = () => new Runtime().blockOn(makeTea());

    expectTypeOf(start).returns.toEqualTypeOf<Promise<Tea>>();
  });

  it('does not take a function that was not called', () => {
    // @ts-expect-error -- makeTea is a function; its call is the future.
    const slip = () => new Runtime().blockOn(makeTea);

    expect(slip).toThrow('got the function makeTea');
  });
});

describe('join', () => {
  it('gives a tuple', () =>
    run(function* () {
      expectTypeOf(yield* join(makeTea(), count(), greet())).toEqualTypeOf<[Tea, number, string]>();
      expectTypeOf(yield* tryJoin(makeTea(), count())).toEqualTypeOf<[Tea, number]>();
      expectTypeOf(yield* join()).toEqualTypeOf<[]>();
    }));

  it('of a list gives a list', () =>
    run(function* () {
      const teas = [makeTea(), makeTea()];

      expectTypeOf(yield* join(...teas)).toEqualTypeOf<Tea[]>();
    }));

  it('does not take what is no future', () => {
    // @ts-expect-error -- a promise is no future: it needs fromPromise().
    const slip = () => join(makeTea(), Promise.resolve());

    expect(slip).toThrow('got a promise');
  });
});

describe('a list of futures', () => {
  it('joined gives a list', () =>
    run(function* () {
      expectTypeOf(yield* joinAll([makeTea(), makeTea()])).toEqualTypeOf<Tea[]>();
      expectTypeOf(yield* tryJoinAll(new Set([count()]))).toEqualTypeOf<number[]>();
      expectTypeOf(yield* joinAll([count(), greet()])).toEqualTypeOf<(number | string)[]>();
    }));

  it('one by one gives a value in a box, or undefined', () =>
    run(function* () {
      const set = new FuturesUnordered([makeTea()]);

      expectTypeOf(set).toEqualTypeOf<FuturesUnordered<Tea>>();
      expectTypeOf(yield* set.next()).toEqualTypeOf<{ readonly value: Tea } | undefined>();
    }));

  it('takes no other futures', () =>
    run(function* () {
      // @ts-expect-error -- the set is for Tea.
      new FuturesUnordered<Tea>().push(count());
    }));

  it('does not take what is no future', () => {
    // @ts-expect-error -- a promise is no future: it needs fromPromise().
    expect(() => joinAll([Promise.resolve()])).toThrow('got a promise');
  });
});

describe('JoinSet', () => {
  it('gives what its members answer, with who it was', () =>
    run(function* () {
      const set = new JoinSet<Tea>();

      expectTypeOf(set.spawn(makeTea())).toEqualTypeOf<AbortHandle>();
      expectTypeOf(yield* set.joinNext()).toEqualTypeOf<Joined<Tea> | undefined>();
      expectTypeOf(set.tryJoinNext()).toEqualTypeOf<Joined<Tea> | undefined>();
      expectTypeOf(yield* set.joinAll()).toEqualTypeOf<Tea[]>();
      expectTypeOf(yield* set.shutdown()).toEqualTypeOf<void>();
    }));

  it('takes no other tasks', () =>
    run(function* () {
      // @ts-expect-error -- the set is for Tea.
      new JoinSet<Tea>().spawn(count());
    }));
});

describe('TaskLocal', () => {
  it('is typed by its value, its scope by what the future answers', () => {
    const local = new TaskLocal<Tea>('TEA');

    expectTypeOf(local.get).returns.toEqualTypeOf<Tea>();
    expectTypeOf(local.tryGet).returns.toEqualTypeOf<Tea | undefined>();
    expectTypeOf(local.scope({ leaves: 'green' }, count())).toEqualTypeOf<Future<number>>();
    expectTypeOf(local.syncScope({ leaves: 'green' }, () => 5)).toEqualTypeOf<number>();
  });
});

describe('select', () => {
  it('tells by the branch which type the value has', () =>
    run(function* () {
      const winner = yield* select({ tea: makeTea(), number: count() });

      if (winner.branch === 'tea') expectTypeOf(winner.value).toEqualTypeOf<Tea>();
      else expectTypeOf(winner.value).toEqualTypeOf<number>();
      expectTypeOf(winner.branch).toEqualTypeOf<'tea' | 'number'>();
    }));

  it('knows the type of a branch that may be disabled', () =>
    run(function* () {
      const winner = yield* select({ tea: makeTea(), maybe: Date.now() < 0 && count(), not: undefined });

      if (winner.branch === 'maybe') expectTypeOf(winner.value).toEqualTypeOf<number>();
    }));

  it('knows the type that a pattern leaves', () =>
    run(function* () {
      const [tx, rx] = mpsc.channel<string>(1);
      tx.trySend('tea');
      const isMessage = (value: string | undefined): value is string => value !== undefined;

      const winner = yield* select({ message: branch(rx.recv(), { matches: isMessage }) });

      expectTypeOf(winner.value).toEqualTypeOf<string>();
    }));

  it('has a branch more with an else', () =>
    run(function* () {
      const winner = yield* select({ tea: makeTea() }, { else: () => 5 as const });

      if (winner.branch === 'else') expectTypeOf(winner.value).toEqualTypeOf<5>();
      expectTypeOf(winner.branch).toEqualTypeOf<'tea' | 'else'>();
    }));

  it('does not take what is no future', () => {
    // @ts-expect-error -- a promise is no future: it needs fromPromise().
    const slip = () => select({ tea: makeTea(), odd: Promise.resolve() });

    expect(slip).toThrow('got a promise');
  });
});

describe('wrappers', () => {
  it('answer the type of what they wrap', () =>
    run(function* () {
      expectTypeOf(yield* timeout(1, makeTea())).toEqualTypeOf<Tea>();
      expectTypeOf(yield* ref(makeTea())).toEqualTypeOf<Tea>();
      expectTypeOf(yield* unconstrained(makeTea())).toEqualTypeOf<Tea>();
      expectTypeOf(yield* spawn(makeTea())).toEqualTypeOf<Tea>();
    }));

  it('of what waits for ever fit everywhere', () => {
    expectTypeOf(pending()).toEqualTypeOf<Future<never>>();
    expectTypeOf(pending<Tea>()).toEqualTypeOf<Future<Tea>>();
  });
});

describe('channels and locks', () => {
  it('are typed by what goes through them', () => {
    const [tx, rx] = mpsc.channel<Tea>(1);
    const [ask, reply] = oneshot.channel<number>();

    expectTypeOf(tx.send).parameter(0).toEqualTypeOf<Tea>();
    expectTypeOf(rx.recv()).toEqualTypeOf<Future<Tea | undefined>>();
    expectTypeOf(rx.tryRecv).returns.toEqualTypeOf<Tea>();
    expectTypeOf(ask.send).parameter(0).toEqualTypeOf<number>();
    expectTypeOf<Output<typeof reply>>().toEqualTypeOf<number>();
  });

  it('take no other messages', () => {
    const [tx] = mpsc.channel<Tea>(1);

    // @ts-expect-error -- the channel is for Tea.
    expect(() => tx.trySend('tea')).not.toThrow();
  });

  it('guard a value of one type', () => {
    expectTypeOf(new Mutex(1).lock()).toEqualTypeOf<Future<MutexGuard<number>>>();
    expectTypeOf<MutexGuard<number>['value']>().toEqualTypeOf<number>();
  });
});

describe('println', () => {
  it('does not take a future for its value', () => {
    // @ts-expect-error -- a future of a string is not a string.
    expect(() => println(makeTea())).toThrow('await it first');
  });
});
