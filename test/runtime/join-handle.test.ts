import {
  type Async,
  type Awaitable,
  JoinError,
  join,
  Mutex,
  now,
  Pending,
  PolledAfterCompletionError,
  PolledAfterDropError,
  pending,
  Runtime,
  ref,
  select,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../support/gate.ts';
import { byHand } from '../support/hand-poll.ts';
import { run } from '../support/run.ts';

function cannotBeDropped(message: string): Disposable {
  return {
    [Symbol.dispose]() {
      throw new Error(message);
    },
  };
}

/** Awaits something that throws, and answers the error. */
function* errorOf(future: Awaitable<unknown>): Async<unknown> {
  try {
    yield* future;
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

function* forever(log: string[] = []): Async<void> {
  try {
    yield* pending();
  } finally {
    log.push('dropped');
  }
}

function* fail(): Async<never> {
  throw new Error('spilled');
}

function* answer<T>(value: T): Async<T> {
  return value;
}

describe('joining a task', () => {
  it('answers its value', async () => {
    const value = await run(function* () {
      return yield* spawn(answer('tea'));
    });

    expect(value).toBe('tea');
  });

  it('does not let go if the task has finished', () =>
    run(function* () {
      const handle = spawn(answer('tea'));
      yield* yieldNow();

      expect(byHand(handle).poll()).toBe('tea');
    }));

  it('is woken once, when the task is done', () =>
    run(function* () {
      const gate = new Gate();
      const handle = byHand(spawn(gate));
      handle.poll();

      gate.open();
      yield* yieldNow();

      expect(handle.wakes).toBe(1);
      expect(handle.poll()).toBeUndefined();
    }));

  it('throws a JoinError with the cause if the task threw', async () => {
    const error = await run(function* () {
      return yield* errorOf(spawn(fail(), { name: 'cook' }));
    });

    expect(error).toBeInstanceOf(JoinError);
    expect(error).toMatchObject({ id: 1, taskName: 'cook', cause: new Error('spilled') });
    expect((error as JoinError).isPanic()).toBe(true);
    expect((error as JoinError).isCancelled()).toBe(false);
  });

  it('throws a JoinError that is cancelled if the task was aborted', async () => {
    const error = await run(function* () {
      const handle = spawn(pending(), { name: 'cook' });
      handle.abort();
      return yield* errorOf(handle);
    });

    expect(error).toBeInstanceOf(JoinError);
    expect(error).toMatchObject({ id: 1, taskName: 'cook', message: 'task cook was cancelled' });
    expect((error as JoinError).isPanic()).toBe(false);
    expect((error as JoinError).isCancelled()).toBe(true);
  });

  it('works once: the value was handed over', () =>
    run(function* () {
      const handle = spawn(answer('tea'));
      yield* handle;

      expect(yield* errorOf(handle)).toBeInstanceOf(PolledAfterCompletionError);
    }));

  it('of itself never ends, and is told as a deadlock', async () => {
    const outcome = run(function* () {
      const handles: ReturnType<typeof spawn>[] = [];
      handles.push(
        spawn(
          (function* (): Async<unknown> {
            return yield* handles[0] as NonNullable<(typeof handles)[0]>;
          })(),
          { name: 'narcissus' },
        ),
      );
      yield* pending();
    });

    await expect(outcome).rejects.toThrow('narcissus waits for join(narcissus)');
  });
});

describe('dropping a handle', () => {
  it('detaches the task, which runs on', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(
        (function* () {
          yield* sleep(5);
          log.push(`done at ${now()}`);
        })(),
      )[Symbol.dispose]();
      yield* sleep(10);
    });

    expect(log).toEqual(['done at 5']);
  });

  it('by losing a timeout does not abort the task either', async () => {
    const log: string[] = [];

    await run(function* () {
      const slow = spawn(
        (function* () {
          yield* sleep(20);
          log.push('done');
        })(),
      );
      yield* errorOf(timeout(10, slow));
      yield* sleep(30);
    });

    expect(log).toEqual(['done']);
  });

  it('forbids to join, and says how to keep it', () =>
    run(function* () {
      const handle = spawn(answer('tea'));
      handle[Symbol.dispose]();

      const error = yield* errorOf(handle);

      expect(error).toBeInstanceOf(PolledAfterDropError);
      expect((error as Error).message).toContain('lend it with `ref(…)` to keep it');
    }));

  it('is not done by a select that only borrowed it', async () => {
    const value = await run(function* () {
      const slow = spawn(slowly('tea'));
      yield* select({ slow: ref(slow), nap: sleep(1) });
      return yield* slow;
    });

    expect(value).toBe('tea');
  });

  it('while it waits wakes nobody any more', () =>
    run(function* () {
      const gate = new Gate();
      const handle = byHand(spawn(gate));
      handle.poll();

      handle.drop();
      gate.open();
      yield* yieldNow();

      expect(handle.wakes).toBe(0);
    }));

  function* slowly<T>(value: T): Async<T> {
    yield* sleep(10);
    return value;
  }
});

describe('abort', () => {
  it('drops the task in its turn, not at once', () =>
    run(function* () {
      const log: string[] = [];
      const handle = spawn(forever(log));
      yield* yieldNow();

      handle.abort();
      const atOnce = [...log, handle.isFinished()];
      yield* yieldNow();

      expect(atOnce).toEqual([false]);
      expect([...log, handle.isFinished()]).toEqual(['dropped', true]);
    }));

  it('before the first poll runs nothing of the task', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(
        (function* () {
          log.push('ran');
        })(),
      ).abort();
      yield* yieldNow();
    });

    expect(log).toEqual([]);
  });

  it('beats a wake that was there before', async () => {
    const log: string[] = [];
    const gate = new Gate();

    await run(function* () {
      const handle = spawn(
        (function* () {
          try {
            yield* gate;
            log.push('went on');
          } finally {
            log.push('dropped');
          }
        })(),
      );
      yield* yieldNow();
      gate.open();
      handle.abort();
      yield* yieldNow();
    });

    expect(log).toEqual(['dropped']);
  });

  it('takes the turn that the task would have had', async () => {
    const log: string[] = [];

    await run(function* () {
      const handle = spawn(forever(log));
      yield* yieldNow();
      spawn(say(log, 'A'));
      handle.abort();
      spawn(say(log, 'B'));
      yield* yieldNow();
    });

    expect(log).toEqual(['A', 'dropped', 'B']);
  });

  it('twice is once', async () => {
    const log: string[] = [];

    await run(function* () {
      const handle = spawn(forever(log));
      yield* yieldNow();
      handle.abort();
      handle.abort();
      yield* sleep(1);
    });

    expect(log).toEqual(['dropped']);
  });

  it('of a finished task changes nothing: its value can be had', () =>
    run(function* () {
      const handle = spawn(answer('tea'));
      yield* yieldNow();

      handle.abort();

      expect(yield* handle).toBe('tea');
    }));

  it('of oneself takes effect at the next wait', async () => {
    const log: string[] = [];

    const error = await run(function* () {
      const handles: { abort(): void }[] = [];
      const suicidal = spawn(
        (function* () {
          handles[0]?.abort();
          log.push('runs on');
          yield* sleep(1);
          log.push('never here');
        })(),
      );
      handles.push(suicidal);
      return yield* errorOf(suicidal);
    });

    expect(log).toEqual(['runs on']);
    expect((error as JoinError).isCancelled()).toBe(true);
  });

  it('of oneself comes too late for who returns before the next wait', async () => {
    const value = await run(function* () {
      const handles: { abort(): void }[] = [];
      const lucky = spawn(
        (function* () {
          handles[0]?.abort();
          return 'tea';
        })(),
      );
      handles.push(lucky);
      return yield* lucky;
    });

    expect(value).toBe('tea');
  });

  it('disarms the timer the task waits for', async () => {
    const time = await run(function* () {
      const nap = spawn(sleep(1000));
      yield* yieldNow();
      nap.abort();
      yield* sleep(10);
      return now();
    });

    expect(time).toBe(10);
  });

  it('unlocks what the task holds', () =>
    run(function* () {
      const mutex = new Mutex('tea');
      const holder = spawn(
        (function* () {
          using _guard = yield* mutex.lock();
          yield* pending();
        })(),
      );
      yield* yieldNow();

      holder.abort();

      expect((yield* mutex.lock()).value).toBe('tea');
    }));

  it('does not abort what the task spawned', async () => {
    const log: string[] = [];

    await run(function* () {
      const parent = spawn(
        (function* () {
          spawn(say(log, 'child', 10));
          yield* pending();
        })(),
      );
      yield* yieldNow();
      parent.abort();
      yield* sleep(20);
    });

    expect(log).toEqual(['child']);
  });

  it('of a task that fails to be dropped is a panic, not a cancellation', async () => {
    const error = await run(function* () {
      const clingy = spawn(
        (function* () {
          using _grip = cannotBeDropped('cannot let go');
          yield* pending();
        })(),
      );
      yield* yieldNow();
      clingy.abort();
      return yield* errorOf(clingy);
    });

    expect((error as JoinError).isPanic()).toBe(true);
    expect(error).toMatchObject({ cause: new Error('cannot let go') });
  });

  it('after the end of the runtime does nothing', async () => {
    const handle = await run(function* () {
      return { kept: spawn(pending()) };
    });

    expect(() => handle.kept.abort()).not.toThrow();
    expect(handle.kept.isFinished()).toBe(true);
  });

  function* say(log: string[], text: string, delay = 0): Async<void> {
    if (delay > 0) yield* sleep(delay);
    log.push(text);
  }
});

describe('a handle', () => {
  it('of an earlier run knows that its task was cancelled', async () => {
    const { kept } = await run(function* () {
      return { kept: spawn(pending(), { name: 'old' }) };
    });

    const error = await new Runtime({ clock: 'virtual' }).blockOn(errorOf(kept));

    expect((error as JoinError).isCancelled()).toBe(true);
  });

  it('is one of several futures that a task can wait for', async () => {
    const values = await run(function* () {
      return yield* join(spawn(answer(1)), spawn(answer('two')));
    });

    expect(values).toEqual([1, 'two']);
  });

  it('is pending while its task is', () =>
    run(function* () {
      const handle = spawn(pending());

      expect(byHand(handle).poll()).toBe(Pending);
      expect(handle.isFinished()).toBe(false);
    }));
});
