import {
  type Async,
  ClosureError,
  interval,
  type JoinError,
  type JoinHandle,
  NotSendError,
  now,
  OutsideRuntimeError,
  pending,
  Runtime,
  type RuntimeEvent,
  RuntimeStoppedError,
  ref,
  select,
  sleep,
  spawn,
  spawnBlocking,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { MOST_THREADS } from '../../../src/runtime/host/threads.ts';
import { run, warningsOf } from '../../support/run.ts';

/** A flag that two threads share. */
const flag = () => new Int32Array(new SharedArrayBuffer(4));

/** Blocks its thread until the flag is raised. */
function untilRaised(flag: Int32Array): string {
  Atomics.wait(flag, 0, 0, 10_000);
  return 'raised';
}

function raise(flag: Int32Array): void {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}

/** The error that joining gives. */
function* failure(handle: JoinHandle<unknown>): Async<JoinError> {
  try {
    yield* handle;
  } catch (error) {
    return error as JoinError;
  }
  throw new Error('expected it to fail');
}

/** Runs one call and answers its value. */
function answerOf<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): Promise<Awaited<R>> {
  return run(function* () {
    return yield* spawnBlocking(fn, ...args);
  });
}

/** Runs one call and answers how it failed. */
function failureOf(fn: () => unknown): Promise<JoinError> {
  return run(function* () {
    return yield* failure(spawnBlocking(fn));
  });
}

const causeOf = async (fn: () => unknown) => (await failureOf(fn)).cause as Error;

describe('spawnBlocking', () => {
  it('runs a function on another thread and answers its value', async () => {
    const threadId = new Function(`return import('node:worker_threads').then(({ threadId }) => threadId)`);
    const id = await answerOf(threadId as () => Promise<number>);

    expect(id).toBeGreaterThan(0);
  });

  it('hands over arguments and the value as copies', async () => {
    const order = { cups: [1, 2], when: new Date(5), by: new Map([['ada', new Set([3])]]) };

    const answer = await run(function* () {
      return yield* spawnBlocking((order) => ({ ...order, more: 1n }), order);
    });

    expect(answer).toEqual({ ...order, more: 1n });
    expect(answer.cups).not.toBe(order.cups);
  });

  it('is typed by its function', () => {
    function* main(): Async<void> {
      expectTypeOf(yield* spawnBlocking((n: number) => `${n}`, 1)).toEqualTypeOf<string>();
      expectTypeOf(yield* spawnBlocking(async () => 1)).toEqualTypeOf<number>();
      // @ts-expect-error: the argument is a number.
      spawnBlocking((n: number) => n, 'one');
    }
    expect(main).toBeTypeOf('function');
  });

  it('copies arguments when it is called, also those of a call that waits in line', async () => {
    const gate = flag();
    const order = { cups: 1 };

    const cups = await run(function* () {
      for (let i = 0; i < MOST_THREADS; i++) spawnBlocking(untilRaised, gate);
      const handle = spawnBlocking((order) => order.cups, order);
      order.cups = 2;
      raise(gate);
      return yield* handle;
    });

    expect(cups).toBe(1);
  });

  it('lets an arrow call itself by its name', async () => {
    const fact = (n: number): number => (n < 2 ? 1 : n * fact(n - 1));

    expect(await answerOf(fact, 5)).toBe(120);
  });

  it('leaves a name that every thread knows alone', async () => {
    const { Boolean: shadow } = { Boolean: (n: number) => Boolean(n) };

    expect(await answerOf(shadow, 1)).toBe(true);
  });

  it('waits for the promise of an async function', async () => {
    const slow = () => new Promise((resolve) => setTimeout(resolve, 5, 'slept'));

    expect(await answerOf(slow)).toBe('slept');
  });

  it('runs its function in strict mode, as a module does', async () => {
    const isStrict = new Function('return this === undefined') as () => boolean;

    expect(await answerOf(isStrict)).toBe(true);
  });

  it('runs functions whose inner names esbuild keeps', async () => {
    const kept = new Function('return __name(() => 7, "seven")()') as () => number;

    expect(await answerOf(kept)).toBe(7);
  });

  it('needs a runtime', () => {
    expect(() => spawnBlocking(() => 1)).toThrow(OutsideRuntimeError);
  });

  it('starts at once, whether or not somebody joins it', async () => {
    const gate = flag();

    const seen = await run(function* () {
      spawnBlocking(raise, gate);
      // This thread is blocked on purpose: nothing but the other one can raise it.
      return Atomics.wait(gate, 0, 0, 10_000);
    });

    expect(['ok', 'not-equal']).toContain(seen);
  });

  it('runs several at the same time', async () => {
    const [ping, pong] = [flag(), flag()];
    const first = (ping: Int32Array, pong: Int32Array) => {
      Atomics.store(ping, 0, 1);
      Atomics.notify(ping, 0);
      return Atomics.wait(pong, 0, 0, 10_000);
    };

    const met = await run(function* () {
      const [a, b] = [spawnBlocking(first, ping, pong), spawnBlocking(first, pong, ping)];
      return [yield* a, yield* b];
    });

    expect(met).not.toContain('timed-out');
  });

  it('does not hold up the executor', async () => {
    const gate = flag();

    const ticks = await run(
      function* () {
        const handle = spawnBlocking(untilRaised, gate);
        const beat = interval(2);
        for (let i = 0; i < 5; i++) yield* beat.tick();
        raise(gate);
        return yield* handle;
      },
      { clock: 'real' },
    );

    expect(ticks).toBe('raised');
  });

  it('is served first come first served where all threads are taken', async () => {
    const gate = flag();
    const count = flag();
    const next = (count: Int32Array) => Atomics.add(count, 0, 1);

    const turns = await run(function* () {
      const taken = Array.from({ length: MOST_THREADS - 1 }, () => spawnBlocking(untilRaised, gate));
      const held = flag();
      const last = spawnBlocking(untilRaised, held);
      const line = Array.from({ length: 10 }, () => spawnBlocking(next, count));
      raise(held);
      const turns: number[] = [yield* last].map(() => -1);
      for (const handle of line) turns.push(yield* handle);
      raise(gate);
      for (const handle of taken) yield* handle;
      return turns.slice(1);
    });

    expect(turns).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('what cannot go to another thread', () => {
  class Tea {
    sugar = 1;
  }
  const double = (n: number) => 2 * n;

  it.each([
    ['a function', () => {}, 'it is the function'],
    ['a symbol', Symbol('tea'), 'it is a symbol'],
    ['an instance of a class', new Tea(), 'it is an object of the class Tea'],
    ['something inside', { items: [1, new Tea()] }, 'at .items[1] it is an object of the class Tea'],
    ['a value in a map', new Map([['tea', double]]), 'at .get(tea) it is the function double'],
    ['a key of a map', new Map([[double, 1]]), 'at (a key) it is the function double'],
    ['a member of a set', new Set([double]), 'at (a member) it is the function double'],
    ['a value under an odd key', new Map([[Object.create(null), double]]), 'at .get(…) it is the function double'],
    ['a promise', Promise.resolve(), 'it is a promise'],
    ['a generator', (function* () {})(), 'it is a future (a generator); await it first'],
  ])('%s among the arguments is refused, and named', async (_, value, why) => {
    const refused = run(function* () {
      yield* spawnBlocking((_a: unknown, _b: unknown) => 1, 1, value);
    });

    await expect(refused).rejects.toThrow(NotSendError);
    await expect(refused).rejects.toThrow(`argument 2 of the function cannot go to another thread: ${why}`);
  });

  it('a future says how to await it', async () => {
    const refused = run(function* () {
      yield* spawnBlocking((n: unknown) => n, sleep(1));
    });

    await expect(refused).rejects.toThrow('it is the future sleep(1ms); await it first, with `yield*`');
  });

  it.each([
    ['a bound function', double.bind(null), 'bound double: it is bound or built in'],
    ['a built-in function', Math.max, 'max: it is bound or built in'],
    ['a class', Tea, 'Tea: it is a class'],
    ['a generator', function* boil() {}, 'boil: it is a generator'],
    ['an async generator', async function* boil() {}, 'boil: it is a generator'],
    ['a method', { boil() {} }.boil, 'boil: it is a method'],
    ['a value', 5, 'expects a function and its arguments, and got 5'],
    ['nothing', undefined, 'expects a function and its arguments, and got undefined'],
  ])('%s is no function for it', async (_, fn, why) => {
    const refused = run(function* () {
      yield* spawnBlocking(fn as () => void);
    });

    await expect(refused).rejects.toThrow(NotSendError);
    await expect(refused).rejects.toThrow(why);
  });

  it('values that go around in circles, errors, buffers and shared memory can', async () => {
    const circle: { self?: unknown } = {};
    circle.self = circle;
    const answer = await run(function* () {
      return yield* spawnBlocking((...all: unknown[]) => all, circle, new RangeError('far'), Buffer.from('a'), flag());
    });

    expect(answer[0]).toEqual(circle);
    expect(answer[1]).toBeInstanceOf(RangeError);
    expect(answer[2]).toEqual(new Uint8Array([97]));
  });

  it('a value that cannot come back is an error of the call', async () => {
    const cause = await causeOf(function recipe() {
      return { steps: [() => 'boil'] };
    });

    expect(cause).toBeInstanceOf(NotSendError);
    expect(cause.message).toContain('the value of recipe cannot go to another thread: at .steps[0] it is the function');
  });
});

describe('a call that fails', () => {
  it('is a panic with the error that was thrown', async () => {
    const error = await failureOf(function boil() {
      throw new RangeError('too hot');
    });

    expect([error.isPanic(), error.message]).toEqual([true, 'task boil panicked: too hot']);
    expect(error.cause).toBeInstanceOf(RangeError);
  });

  it('keeps the name, the fields and the cause of its error', async () => {
    const cause = await causeOf(() => {
      const error = new Error('too far', { cause: new Error('deep') });
      throw Object.assign(error, { name: 'FarError', code: 'E_FAR', away: { km: 5 } });
    });

    expect(cause).toMatchObject({ name: 'FarError', message: 'too far', code: 'E_FAR', away: { km: 5 } });
    expect((cause.cause as Error).message).toBe('deep');
  });

  it('has the stack of the other thread, as far as it is the program', async () => {
    const cause = await causeOf(function spill() {
      throw new Error('spilled');
    });

    expect(cause.stack).toMatch(/^Error: spilled\n +at spill \(spawnBlocking:spill:\d+:\d+\)$/);
  });

  it('may throw anything', async () => {
    const causes = await run(function* () {
      const thrown = yield* failure(
        spawnBlocking(() => {
          throw { cups: 1 };
        }),
      );
      const stuck = yield* failure(
        spawnBlocking(() => {
          throw () => {};
        }),
      );
      return [thrown.cause, stuck.cause];
    });

    expect(causes).toEqual([{ cups: 1 }, expect.stringContaining('=>')]);
  });

  it('names the variable that stood around the function, and says what to do', async () => {
    const cause = await causeOf(new Function('return rate * 2') as () => number);

    expect(cause).toBeInstanceOf(ClosureError);
    expect((cause as ClosureError).variable).toBe('rate');
    expect(cause.message).toContain('Give it `rate` as an argument');
    expect((cause.cause as Error).message).toBe('rate is not defined');
  });

  it.each([
    ['process.exit', 'process.exit(3)', 'ended with code 3'],
    ['a timer that throws', 'return new Promise(() => setTimeout(() => { throw new Error("late") }))', 'late'],
    ['a rejection that nobody handles', 'return new Promise(() => { Promise.reject(new Error("lost")) })', 'lost'],
    ['a promise that can never settle', 'return new Promise(() => {})', 'had nothing left to do'],
  ])('is a panic, and no hang, by %s', async (_, source, why) => {
    const error = await failureOf(new Function(source) as () => unknown);

    expect(error.isPanic()).toBe(true);
    expect(error.message).toContain(why);
  });

  it('leaves a thread for the next one', async () => {
    const answers = await run(function* () {
      for (let i = 0; i < MOST_THREADS + 1; i++) yield* failure(spawnBlocking(() => process.exit(1)));
      return yield* spawnBlocking(() => 'tea');
    });

    expect(answers).toBe('tea');
  });

  it('that nobody joins is told of at the end', async () => {
    const warnings = await warningsOf(function* () {
      spawnBlocking(function spill() {
        throw new Error('spilled');
      });
      yield* yieldNow();
    });

    expect(warnings).toEqual([expect.stringContaining('task spill panicked, and nobody joined it: Error: spilled')]);
  });

  it('whose handle was dropped is told of at once', async () => {
    const log: string[] = [];

    await run(
      function* () {
        const handle = spawnBlocking(() => {
          throw new Error('spilled');
        });
        handle[Symbol.dispose]();
        yield* sleep(1);
        log.push('main goes on');
      },
      { onWarning: (message) => void log.push(message) },
    );

    expect(log).toEqual([expect.stringContaining('spilled'), 'main goes on']);
  });
});

describe('abort', () => {
  it('of a call that has started does nothing: its value is delivered', async () => {
    const gate = flag();

    const answer = await run(function* () {
      const handle = spawnBlocking(untilRaised, gate);
      handle.abort();
      raise(gate);
      return yield* handle;
    });

    expect(answer).toBe('raised');
  });

  it('of a call in line cancels it, when its turn comes and not before', async () => {
    const gate = flag();
    const ran = flag();

    const [atOnce, error] = await run(function* () {
      for (let i = 0; i < MOST_THREADS; i++) spawnBlocking(untilRaised, gate);
      const handle = spawnBlocking(raise, ran);
      handle.abort();
      yield* yieldNow();
      const atOnce = handle.isFinished();
      raise(gate);
      return [atOnce, yield* failure(handle)] as const;
    });

    expect(atOnce).toBe(false);
    expect(error.isCancelled()).toBe(true);
    expect(ran[0]).toBe(0);
  });

  it('of a call that has ended does nothing', async () => {
    const answer = await run(function* () {
      const handle = spawnBlocking(() => 'tea');
      while (!handle.isFinished()) yield* select({ lent: ref(handle), soon: yieldNow() });
      handle.abort();
      return handle.isFinished();
    }).catch((error) => error);

    expect(answer).toBe(true);
  });
});

describe('the clock', () => {
  it('stands still while a call runs: a timeout waits with it', async () => {
    const slow = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);

    const at = await run(function* () {
      yield* timeout(10, spawnBlocking(slow));
      return now();
    });

    expect(at).toBe(0);
  });

  it('goes on when a call that nobody joins has ended', async () => {
    const started = performance.now();

    const at = await run(function* () {
      spawnBlocking(() => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30));
      yield* sleep(60_000);
      return now();
    });

    expect(at).toBe(60_000);
    expect(performance.now() - started).toBeGreaterThan(29);
  });

  it.each(['virtual', 'real'] as const)('a call that runs hides no deadlock: %s', async (clock) => {
    const stuck = run(
      function* () {
        spawnBlocking(() => 1);
        yield* pending();
      },
      { clock },
    );

    await expect(stuck).rejects.toThrow('nothing can run any more');
  });
});

describe('the end of a run', () => {
  it('waits for every call, those in line included', async () => {
    const done = flag();
    const gate = flag();

    await run(function* () {
      for (let i = 0; i < MOST_THREADS; i++) spawnBlocking(untilRaised, gate);
      spawnBlocking(raise, done);
      spawnBlocking(() => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5));
      setTimeout(raise, 20, gate);
    });

    expect(done[0]).toBe(1);
  });

  it('drops tasks first, and does not poll them again', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(
        (function* () {
          try {
            yield* spawnBlocking(() => 1);
            log.push('went on');
          } finally {
            log.push('dropped');
          }
        })(),
      );
      yield* yieldNow();
    });

    expect(log).toEqual(['dropped']);
  });

  it('by stop() waits for none: their threads are ended', async () => {
    const [gate, ran] = [flag(), flag()];
    const runtime = new Runtime();
    const stopped = runtime.blockOn(
      (function* (): Async<void> {
        for (let i = 0; i < MOST_THREADS; i++) spawnBlocking(untilRaised, gate);
        yield* spawnBlocking(raise, ran);
      })(),
    );
    setTimeout(() => runtime.stop(), 100);

    await expect(stopped).rejects.toThrow(RuntimeStoppedError);
    expect(ran[0]).toBe(0);
  });

  it('that waits can be cut short by stop()', async () => {
    const runtime = new Runtime();
    const ended = runtime.blockOn(
      (function* (): Async<string> {
        spawnBlocking(() => {
          for (;;);
        });
        return 'tea';
      })(),
    );
    setTimeout(() => runtime.stop(), 50);

    expect(await ended).toBe('tea');
  });
});

describe('in a trace', () => {
  it('is a worker that tasks wait for, opened, settled, and waking as I/O does', async () => {
    const events: RuntimeEvent[] = [];
    const observer = (event: RuntimeEvent) => void events.push(event);

    await run(
      function* () {
        yield* spawnBlocking(function boil() {
          return 'tea';
        });
      },
      { observer },
    );

    const worker = { id: 1, kind: 'worker', name: 'worker 1' };
    expect(events.filter(({ kind }) => !kind.startsWith('runtime'))).toMatchObject([
      { kind: 'task.spawned', task: { id: 0 } },
      { kind: 'task.poll-started' },
      { kind: 'resource.created', resource: worker, detail: 'boil' },
      { kind: 'resource.op', resource: worker, op: 'opened', task: { id: 0 } },
      { kind: 'task.poll-ended', outcome: 'pending', awaits: [{ op: 'join(boil)', resource: worker, task: null }] },
      { kind: 'resource.op', resource: worker, op: 'settled', outcome: 'fulfilled', task: null },
      { kind: 'task.woken', task: { id: 0 }, by: { kind: 'io', resource: worker } },
      { kind: 'task.poll-started' },
      { kind: 'task.poll-ended', outcome: 'ready' },
      { kind: 'task.completed' },
    ]);
  });

  it('does the same where nobody looks', async () => {
    function* main(): Async<string[]> {
      const log: string[] = [];
      const handles = ['a', 'b', 'c'].map((name) => spawnBlocking((name: string) => name, name));
      for (const handle of handles) log.push(yield* handle);
      return log;
    }

    expect(await run(main)).toEqual(await run(main, { observer: () => {} }));
  });

  it('settles before the run is finished, although nobody joined it', async () => {
    const kinds: string[] = [];

    await run(
      function* () {
        spawnBlocking(() => 1);
      },
      { observer: (event) => void kinds.push('op' in event ? event.op : event.kind) },
    );

    expect(kinds.slice(-2)).toEqual(['settled', 'runtime.finished']);
  });
});
