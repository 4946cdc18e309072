import { readFile } from 'node:fs';
import {
  type Async,
  advance,
  fromPromise,
  InvalidOptionError,
  NestedRuntimeError,
  NotAFutureError,
  now,
  pending,
  Runtime,
  RuntimeFinishedError,
  RuntimeStoppedError,
  select,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it, vi } from 'vitest';
import { run } from '../support/run.ts';

function* answer<T>(value: T): Async<T> {
  return value;
}

describe('blockOn', () => {
  it('answers the value of the main future', async () => {
    await expect(new Runtime().blockOn(answer('tea'))).resolves.toBe('tea');
  });

  it('throws what the main future throws, as it is', async () => {
    const spilled = new Error('spilled');

    const outcome = run(function* () {
      throw spilled;
    });

    await expect(outcome).rejects.toBe(spilled);
  });

  it('runs a program once', async () => {
    const runtime = new Runtime();
    await runtime.blockOn(answer(1));

    expect(() => runtime.blockOn(answer(2))).toThrow(RuntimeFinishedError);
  });

  it('refuses a second program while the first one runs', async () => {
    const runtime = new Runtime();
    const first = runtime.blockOn(sleep0());

    expect(() => runtime.blockOn(answer(2))).toThrow(RuntimeFinishedError);
    await expect(first).resolves.toBeUndefined();
  });

  it('refuses to be called inside a task, and says what to do', async () => {
    const nested = () => new Runtime().blockOn(answer(1));

    await run(function* () {
      expect(nested).toThrow(NestedRuntimeError);
      expect(nested).toThrow('await the future with `yield*`, or `spawn` it');
    });
  });

  it.each([
    ['a function that was not called', answer, 'got the function answer: call it, `answer()`'],
    ['a promise', Promise.resolve(), 'got a promise: wrap it in fromPromise(…)'],
    ['nothing', undefined, 'got undefined'],
  ])('refuses %s, and can be called again', async (_, value, message) => {
    const runtime = new Runtime();

    expect(() => runtime.blockOn(value as never)).toThrow(NotAFutureError);
    expect(() => runtime.blockOn(value as never)).toThrow(`blockOn() expects a future, and ${message}`);
    await expect(runtime.blockOn(answer('tea'))).resolves.toBe('tea');
  });

  it('lets two runtimes take turns on one thread', async () => {
    const clocks = await Promise.all([5, 1].map((wait) => new Runtime().blockOn(nap(wait))));

    expect(clocks.every((clock, i) => clock >= ([5, 1][i] as number))).toBe(true);
  });

  function* nap(duration: number): Async<number> {
    yield* sleep(duration);
    return now();
  }

  function* sleep0(): Async<void> {
    yield* sleep(0);
  }
});

describe('stop', () => {
  it('ends the run after the poll in progress, and drops every task', async () => {
    const log: string[] = [];
    const runtime = new Runtime({ clock: 'virtual' });
    function* main(): Async<void> {
      try {
        runtime.stop();
        log.push('runs on');
        yield* pending();
      } finally {
        log.push('dropped');
      }
    }

    await expect(runtime.blockOn(main())).rejects.toThrow(RuntimeStoppedError);
    expect(log).toEqual(['runs on', 'dropped']);
  });

  it('called by a task polls nobody after it', async () => {
    const log: string[] = [];
    const runtime = new Runtime({ clock: 'virtual' });
    function* main(): Async<void> {
      spawn(
        (function* () {
          runtime.stop();
        })(),
      );
      spawn(
        (function* () {
          log.push('polled');
        })(),
      );
      yield* pending();
    }

    await expect(runtime.blockOn(main())).rejects.toThrow(RuntimeStoppedError);
    expect(log).toEqual([]);
  });

  it('called from outside ends a run that is parked', async () => {
    const runtime = new Runtime();
    const parked = runtime.blockOn(sleep1h());

    setTimeout(() => runtime.stop(), 1);

    await expect(parked).rejects.toThrow(RuntimeStoppedError);
  });

  it('called from outside ends a run that is busy', async () => {
    const runtime = new Runtime();
    const busy = runtime.blockOn(spin());

    setTimeout(() => runtime.stop(), 1);

    await expect(busy).rejects.toThrow(RuntimeStoppedError);
  });

  it('after the end does nothing', async () => {
    const runtime = new Runtime();
    await runtime.blockOn(answer(1));

    expect(() => runtime.stop()).not.toThrow();
  });

  it('in the very poll that answers comes too late', async () => {
    const runtime = new Runtime();
    function* main(): Async<string> {
      runtime.stop();
      return 'tea';
    }

    await expect(runtime.blockOn(main())).resolves.toBe('tea');
  });

  function* sleep1h(): Async<void> {
    yield* sleep(3_600_000);
  }

  function* spin(): Async<void> {
    for (;;) yield* yieldNow();
  }
});

describe('options', () => {
  it.each([
    ['clock', 'fast', 'clock expects "real" or "virtual", and got "fast"'],
    ['clock', null, 'clock expects "real" or "virtual", and got null'],
    ['speed', 0, 'speed expects a number above 0, and got 0'],
    ['speed', -1, 'speed expects a number above 0, and got -1'],
    ['speed', Number.NaN, 'speed expects a number above 0, and got NaN'],
    ['speed', Number.POSITIVE_INFINITY, 'speed expects a number above 0, and got Infinity'],
    ['speed', '2', 'speed expects a number above 0, and got "2"'],
    ['seed', -1, 'seed expects a whole number from 0 to 4294967295, and got -1'],
    ['seed', 1.5, 'seed expects a whole number from 0 to 4294967295, and got 1.5'],
    ['seed', 2 ** 32, 'seed expects a whole number from 0 to 4294967295, and got 4294967296'],
    ['seed', '7', 'seed expects a whole number from 0 to 4294967295, and got "7"'],
    ['maxBlockingThreads', 0, 'maxBlockingThreads expects a whole number from 1 on, and got 0'],
    ['maxBlockingThreads', 1.5, 'maxBlockingThreads expects a whole number from 1 on, and got 1.5'],
    ['maxBlockingThreads', '7', 'maxBlockingThreads expects a whole number from 1 on, and got "7"'],
  ])('refuse %s: %s', (name, value, message) => {
    const make = () => new Runtime({ [name]: value });

    expect(make).toThrow(InvalidOptionError);
    expect(make).toThrow(message);
  });

  it('take another seed each time unless one is given', () => {
    const seeds = new Set(Array.from({ length: 5 }, () => new Runtime().seed));

    expect(seeds.size).toBeGreaterThan(1);
  });

  it('tell the seed of a run, so that it can be had again', () => {
    expect(new Runtime({ seed: 7 }).seed).toBe(7);
  });

  it('with the same seed give the same choices', async () => {
    function* winners(): Async<string> {
      let won = '';
      for (let i = 0; i < 50; i++) won += (yield* select({ a: answer(0), b: answer(0), c: answer(0) })).branch;
      return won;
    }
    const play = (seed: number) => run(winners, { seed });

    expect(await play(3)).toBe(await play(3));
    expect(await play(3)).not.toBe(await play(4));
  });

  it('warn on stderr unless told otherwise', async () => {
    const said = vi.spyOn(console, 'error').mockImplementation(() => {});

    await new Runtime({ clock: 'virtual' }).blockOn(forgetful());

    expect(said).toHaveBeenCalledExactlyOnceWith(
      expect.stringContaining('the end of task main got the future sleep(1ms)'),
    );
    said.mockRestore();
  });

  function* forgetful(): Async<unknown> {
    return sleep(1);
  }
});

describe('a real clock', () => {
  it('starts when the program starts', async () => {
    const runtime = new Runtime();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const start = performance.now();

    const time = await runtime.blockOn(clock());

    expect(time).toBeLessThanOrEqual(performance.now() - start);
  });

  it('waits at least as long as it says', async () => {
    const start = performance.now();

    const time = await new Runtime().blockOn(clock(20));

    expect(time).toBeGreaterThanOrEqual(20);
    expect(performance.now() - start).toBeGreaterThanOrEqual(20);
  });

  it('with a speed goes so many times as fast', async () => {
    const start = performance.now();

    const time = await new Runtime({ speed: 1000 }).blockOn(clock(60_000));

    expect(time).toBeGreaterThanOrEqual(60_000);
    expect(performance.now() - start).toBeGreaterThanOrEqual(60);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('cannot be moved by hand', async () => {
    await expect(new Runtime().blockOn(advance(10))).rejects.toThrow(InvalidOptionError);
  });

  it.each<[string, (done: () => void) => Async<void>]>([
    ['a timer', sleepThen],
    ['an I/O callback', readThen],
    ['a promise', promiseThen],
    ['a host timer', timeoutThen],
  ])('lets %s come through while a task spins on yieldNow()', async (_, begin) => {
    const done = vi.fn();
    function* main(): Async<string> {
      spawn(begin(done));
      while (done.mock.calls.length === 0) yield* yieldNow();
      return 'arrived';
    }

    await expect(new Runtime().blockOn(main())).resolves.toBe('arrived');
  });

  it('comes back from the host for a wake after a busy time', async () => {
    function* main(): Async<string> {
      const end = performance.now() + 10;
      while (performance.now() < end) yield* yieldNow();
      return yield* fromPromise(new Promise<string>((resolve) => setImmediate(() => resolve('tea'))));
    }

    await expect(new Runtime().blockOn(main())).resolves.toBe('tea');
  });

  function* clock(wait = 0): Async<number> {
    if (wait > 0) yield* sleep(wait);
    return now();
  }

  function* sleepThen(done: () => void): Async<void> {
    yield* sleep(3);
    done();
  }

  function* readThen(done: () => void): Async<void> {
    readFile(import.meta.filename, done);
  }

  function* promiseThen(done: () => void): Async<void> {
    yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 3)));
    done();
  }

  function* timeoutThen(done: () => void): Async<void> {
    setTimeout(done, 3);
  }
});

describe('a virtual clock', () => {
  it('takes no real time for a year of sleep', async () => {
    const start = performance.now();

    const time = await run(function* () {
      yield* sleep(365 * 86_400_000);
      return now();
    });

    expect(time).toBe(365 * 86_400_000);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  it('stands still while a promise is awaited', async () => {
    const time = await run(function* () {
      spawn(sleep(1));
      yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 10)));
      return now();
    });

    expect(time).toBe(0);
  });

  it('goes on when the promise has settled', async () => {
    const time = await run(function* () {
      yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 1)));
      yield* sleep(5);
      return now();
    });

    expect(time).toBe(5);
  });
});

describe('a warning that cannot be told', () => {
  it('ends the run with what the teller threw, and hangs nobody', async () => {
    function* forgetful(): Async<unknown> {
      return sleep(1); // Never awaited: it is warned of.
    }
    const runtime = new Runtime({
      clock: 'virtual',
      onWarning: () => {
        throw new Error('nobody listens');
      },
    });

    await expect(
      runtime.blockOn(
        (function* (): Async<void> {
          spawn(forgetful());
          yield* sleep(5);
        })(),
      ),
    ).rejects.toThrow('nobody listens');
  });
});
