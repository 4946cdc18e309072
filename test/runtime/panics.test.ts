import {
  type Async,
  type Awaitable,
  fromPromise,
  pending,
  type RuntimeEvent,
  ref,
  select,
  sleep,
  spawn,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { areGone } from '../support/garbage.ts';
import { inChild } from '../support/in-child.ts';
import { run, warningsOf } from '../support/run.ts';

function cannotBeDropped(message: string): Disposable {
  return {
    [Symbol.dispose]() {
      throw new Error(message);
    },
  };
}

function* fail(delay = 0): Async<never> {
  if (delay > 0) yield* sleep(delay);
  throw new Error('spilled');
}

function* ignore(future: Awaitable<unknown>): Async<void> {
  try {
    yield* future;
  } catch {
    // That is what it is for.
  }
}

const REPORT = expect.stringMatching(/^task cook panicked, and nobody joined it: Error: spilled\n +at /);

describe('a panic that nobody joins', () => {
  it('is told to the observer at the end, whenever it was certain, in the order of the spawns', async () => {
    const told: string[] = [];
    const observer = (event: RuntimeEvent) => {
      if (event.kind === 'task.unjoined') told.push(`${event.at}: ${event.task.name} ${event.error}`);
      if (event.kind === 'runtime.finished') told.push('finished');
    };
    await warningsOf(
      function* () {
        spawn(fail(20), { name: 'late' });
        spawn(fail(), { name: 'soon' })[Symbol.dispose]();
        const joined = spawn(fail(), { name: 'joined' });
        yield* sleep(30);
        yield* ignore(joined);
      },
      { observer },
    );

    expect(told).toEqual(['30: late Error: spilled', '30: soon Error: spilled', 'finished']);
  });

  it('is reported with its stack when the runtime ends, under the name of the task', async () => {
    const warnings = await warningsOf(function* () {
      const handle = spawn(fail(), { name: 'cook' });
      yield* yieldNow();
      expect(handle.isFinished()).toBe(true);
    });

    expect(warnings).toEqual([REPORT]);
  });

  it('is reported as soon as its handle is dropped', async () => {
    const seen: number[] = [];
    const warnings: string[] = [];

    await warningsOf(
      function* () {
        const handle = spawn(fail(), { name: 'cook' });
        yield* yieldNow();
        seen.push(warnings.length);
        handle[Symbol.dispose]();
        seen.push(warnings.length);
      },
      { onWarning: (message) => warnings.push(message) },
    );

    expect(seen).toEqual([0, 1]);
    expect(warnings).toEqual([REPORT]);
  });

  it('is reported at once if the handle was dropped before', async () => {
    const seen: number[] = [];
    const warnings: string[] = [];

    await warningsOf(
      function* () {
        spawn(fail(), { name: 'cook' })[Symbol.dispose]();
        yield* yieldNow();
        seen.push(warnings.length);
      },
      { onWarning: (message) => warnings.push(message) },
    );

    expect(seen).toEqual([1]);
  });

  it('is reported when the handle was lent for a while and not asked again', async () => {
    const warnings = await warningsOf(function* () {
      const handle = spawn(fail(20), { name: 'cook' });
      yield* select({ cook: ref(handle), nap: sleep(10) });
      yield* sleep(20);
    });

    expect(warnings).toEqual([REPORT]);
  });

  it('is reported when its joiner is aborted before it could hear', async () => {
    const warnings = await warningsOf(function* () {
      const cook = spawn(fail(10), { name: 'cook' });
      const joiner = spawn(ignore(cook));
      spawn(
        (function* () {
          yield* sleep(10);
          joiner.abort();
        })(),
      );
      yield* sleep(20);
    });

    expect(warnings).toEqual([REPORT]);
  });

  it('in a drop at the end of the runtime is reported', async () => {
    const warnings = await warningsOf(function* () {
      spawn(
        (function* () {
          using _grip = cannotBeDropped('spilled');
          yield* pending();
        })(),
        { name: 'cook' },
      );
      yield* yieldNow();
    });

    expect(warnings).toEqual([REPORT]);
  });

  it('of something that is no error is reported as it prints', async () => {
    const warnings = await warningsOf(function* () {
      spawn(
        (function* () {
          throw 'spilled';
        })(),
        { name: 'cook' },
      );
      yield* yieldNow();
    });

    expect(warnings).toEqual(['task cook panicked, and nobody joined it: spilled']);
  });

  it('of something that cannot be printed is reported all the same', async () => {
    const warnings = await warningsOf(function* () {
      spawn(
        (function* () {
          throw Object.create(null);
        })(),
        { name: 'cook' },
      );
      yield* yieldNow();
    });

    expect(warnings).toEqual([expect.stringContaining('task cook panicked, and nobody joined it')]);
  });

  it('is reported for each task once, in the order in which they threw', async () => {
    const warnings = await warningsOf(function* () {
      spawn(fail(20), { name: 'late' });
      spawn(fail(10), { name: 'early' });
      yield* sleep(30);
    });

    expect(warnings.map((warning) => warning.split(' ')[1])).toEqual(['early', 'late']);
  });

  it('is reported once its handle was collected as garbage, while the program runs on', () => {
    const { out, code } = inChild(
      `
      function* fail() { throw new Error('spilled'); }
      function forget() { spawn(fail(), { name: 'cook' }); }
      function* main() {
        forget();
        for (let i = 0; i < 100 && !told; i++) {
          yield* sleep(1);
          gc();
          yield* fromPromise(new Promise((resolve) => setImmediate(resolve)));
        }
        console.log(told ? 'told while the program ran' : 'not told');
      }
      let told = 0;
      await new Runtime({ onWarning: () => (told += 1) }).blockOn(main());
      console.log(told);
      `,
      '--expose-gc',
    );

    expect(out).toBe('told while the program ran\n1\n');
    expect(code).toBe(0);
  });
});

describe('a panic whose handle is collected', () => {
  it('is told while the program runs on, also of what is no Error', async () => {
    const warnings: string[] = [];
    function* throwing(what: unknown): Async<void> {
      throw what;
    }
    function forget(): void {
      spawn(throwing(new Error('spilled')), { name: 'cook' });
      spawn(throwing('burnt'), { name: 'baker' });
    }

    await run(
      function* () {
        forget();
        for (let i = 0; i < 100 && warnings.length < 2; i++) {
          yield* sleep(1);
          yield* fromPromise(areGone([]));
        }
        warnings.push('the program ends');
      },
      { onWarning: (message) => warnings.push(message) },
    );

    expect(
      warnings
        .map((text) => text.split(' ')[1])
        .slice(0, 2)
        .toSorted(),
    ).toEqual(['baker', 'cook']);
    expect(warnings.slice(2)).toEqual(['the program ends']);
  });
});

describe('a panic that somebody joins', () => {
  it('is not reported', async () => {
    const warnings = await warningsOf(function* () {
      yield* ignore(spawn(fail()));
    });

    expect(warnings).toEqual([]);
  });

  it('late is not reported', async () => {
    const warnings = await warningsOf(function* () {
      const handle = spawn(fail());
      yield* sleep(10);
      yield* ignore(handle);
      handle[Symbol.dispose]();
    });

    expect(warnings).toEqual([]);
  });

  it('is not reported when its handle is collected afterwards', () => {
    const { out } = inChild(
      `
      function* fail() { throw new Error('spilled'); }
      function* joined() { try { yield* spawn(fail()); } catch { console.log('heard'); } }
      function* main() {
        yield* joined();
        for (let i = 0; i < 10; i++) {
          gc();
          yield* fromPromise(new Promise((resolve) => setImmediate(resolve)));
        }
      }
      await new Runtime({ onWarning: console.log }).blockOn(main());
      `,
      '--expose-gc',
    );

    expect(out).toBe('heard\n');
  });

  it('of the main future is thrown by blockOn, and not reported as well', async () => {
    const warnings: string[] = [];

    const outcome = warningsOf(() => fail(), { onWarning: (message) => warnings.push(message) });

    await expect(outcome).rejects.toThrow('spilled');
    expect(warnings).toEqual([]);
  });
});

describe('a cancellation', () => {
  it('is no panic: nobody is told', async () => {
    const warnings = await warningsOf(function* () {
      spawn(pending()).abort();
      spawn(pending());
      yield* yieldNow();
    });

    expect(warnings).toEqual([]);
  });
});
