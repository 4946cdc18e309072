import {
  type Async,
  type Awaitable,
  type Context,
  consumeBudget,
  type DeadlockError,
  Future,
  JoinError,
  JoinSet,
  NotAFutureError,
  now,
  OutsideRuntimeError,
  Pending,
  type Poll,
  PolledAfterCompletionError,
  pending,
  pollFuture,
  type RuntimeEvent,
  select,
  sleep,
  spawn,
  TURN_BUDGET,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../support/hand-poll.ts';
import { run, warningsOf } from '../support/run.ts';

function* later<T>(delay: number, value: T): Async<T> {
  yield* sleep(delay);
  return value;
}

function* answer<T>(value: T): Async<T> {
  return value;
}

function* failAfter(delay: number, message = 'spilled'): Async<never> {
  yield* sleep(delay);
  throw new Error(message);
}

function* forever(log: string[], name: string): Async<never> {
  try {
    return yield* pending();
  } finally {
    log.push(name);
  }
}

function* errorOf(future: Awaitable<unknown>): Async<unknown> {
  try {
    yield* future;
  } catch (error) {
    return error;
  }
  throw new Error('expected an error');
}

/** A value that says when it is dropped. */
function cup(log: string[], name: string): Disposable {
  return { [Symbol.dispose]: () => void log.push(name) };
}

function* drain(set: JoinSet<unknown>): Async<unknown[]> {
  const values: unknown[] = [];
  for (let joined = yield* set.joinNext(); joined !== undefined; joined = yield* set.joinNext()) {
    values.push(joined.value);
  }
  return values;
}

describe('JoinSet.spawn', () => {
  it('starts a task under its name, and answers the right to abort it', () =>
    run(function* () {
      const set = new JoinSet<string>();
      const handle = set.spawn(later(5, 'tea'), { name: 'kettle' });

      expect(handle.name).toBe('kettle');
      expect(set.length).toBe(1);
      expect(yield* set.joinNext()).toEqual({ id: handle.id, name: 'kettle', value: 'tea' });
      expect(handle.isFinished()).toBe(true);
    }));

  it('names a task by its number if it has no name', () =>
    run(function* () {
      const set = new JoinSet<void>();
      expect(set.spawn(sleep(1)).name).toBe('task 1');
    }));

  it('needs a runtime', () => {
    expect(() => new JoinSet<void>().spawn(pending())).toThrow(OutsideRuntimeError);
  });

  it('says where it was given something else', () =>
    run(function* () {
      expect(() => new JoinSet().spawn(5 as never)).toThrow('JoinSet.spawn()');
    }));

  it('takes nothing but futures', () =>
    run(function* () {
      const set = new JoinSet<unknown>();
      expect(() => set.spawn((() => 5) as never)).toThrow(NotAFutureError);
      expect(set.isEmpty()).toBe(true);
    }));
});

describe('JoinSet.spawnBlocking', () => {
  it('makes a call on another thread a member like any other', async () => {
    await run(function* () {
      using set = new JoinSet<string>();
      const handle = set.spawnBlocking((cups: number) => `${cups} cups`, 2);

      expect(yield* set.joinNext()).toEqual({ id: handle.id, name: handle.name, value: '2 cups' });
      expect(set.isEmpty()).toBe(true);
    });
  });

  it('passes on what the function throws, as a panic', async () => {
    await run(function* () {
      using set = new JoinSet<void>();
      set.spawnBlocking(() => {
        throw new Error('burnt');
      });
      let error: unknown;
      try {
        yield* set.joinNext();
      } catch (thrown) {
        error = thrown;
      }

      expect(error).toBeInstanceOf(JoinError);
      expect(String((error as JoinError).cause)).toContain('burnt');
    });
  });

  it('takes a function that answers a promise', async () => {
    await run(function* () {
      using set = new JoinSet<number>();
      set.spawnBlocking(async (n: number) => n + 1, 1);

      expect((yield* set.joinNext())?.value).toBe(2);
    });
  });
});

describe('JoinSet.joinNext', () => {
  it('answers in the order in which the members ended', () =>
    run(function* () {
      const set = new JoinSet<number>();
      for (const delay of [30, 10, 20]) set.spawn(later(delay, delay));

      expect(yield* drain(set)).toEqual([10, 20, 30]);
    }));

  it('answers undefined at once when the set is empty', () =>
    run(function* () {
      expect(yield* new JoinSet<void>().joinNext()).toBeUndefined();
    }));

  it('tells a member that answered undefined from an empty set', () =>
    run(function* () {
      const set = new JoinSet<void>();
      set.spawn(sleep(1));

      expect(yield* set.joinNext()).toMatchObject({ value: undefined });
    }));

  it('throws how a member failed, which is out of the set then', () =>
    run(function* () {
      const set = new JoinSet<void>();
      const { id } = set.spawn(failAfter(5), { name: 'cook' });

      const error = yield* errorOf(set.joinNext());

      expect(error).toBeInstanceOf(JoinError);
      expect(error).toMatchObject({ id, taskName: 'cook', message: 'task cook panicked: spilled' });
      expect(set.isEmpty()).toBe(true);
    }));

  it('throws a cancellation for a member that was aborted', () =>
    run(function* () {
      const set = new JoinSet<void>();
      set.spawn(pending()).abort();

      expect(((yield* errorOf(set.joinNext())) as JoinError).isCancelled()).toBe(true);
    }));

  it('loses nothing when it is dropped', () =>
    run(function* () {
      const set = new JoinSet<string>();
      set.spawn(later(10, 'tea'));

      yield* errorOf(timeout(5, set.joinNext()));
      yield* select({ join: set.joinNext(), nap: sleep(1) });

      expect((yield* set.joinNext())?.value).toBe('tea');
    }));

  it('hears of members that are spawned while it waits', () =>
    run(function* () {
      const set = new JoinSet<string>();
      set.spawn(later(100, 'slow'));
      const waiting = byHand(set.joinNext());
      expect(waiting.poll()).toBe(Pending);

      set.spawn(later(5, 'quick'));
      yield* sleep(10);

      expect(waiting.wakes).toBe(1);
      expect(waiting.poll()).toMatchObject({ value: 'quick' });
    }));

  it('wakes whoever asked last, and only that one', () =>
    run(function* () {
      const set = new JoinSet<number>();
      for (const delay of [5, 6]) set.spawn(later(delay, delay));
      const [first, second] = [byHand(set.joinNext()), byHand(set.joinNext())];
      first.poll();
      second.poll();

      yield* sleep(10);

      expect([first.wakes, second.wakes]).toEqual([0, 1]);
    }));

  it('costs one unit of the budget for each member', () =>
    run(function* () {
      const set = new JoinSet<number>();
      for (let i = 0; i < TURN_BUDGET + 2; i++) set.spawn(answer(i));
      for (let i = 0; i < 3; i++) yield* yieldNow();

      let answers = 0;
      while (byHand(set.joinNext()).poll() !== Pending) answers += 1;
      expect(answers).toBe(TURN_BUDGET);
    }));

  it('cannot be awaited again after its answer, or after its error', () =>
    run(function* () {
      const set = new JoinSet<void>();
      const empty = set.joinNext();
      yield* empty;
      set.spawn(failAfter(0));
      const failed = set.joinNext();
      yield* errorOf(failed);

      expect(yield* errorOf(empty)).toBeInstanceOf(PolledAfterCompletionError);
      expect(yield* errorOf(failed)).toBeInstanceOf(PolledAfterCompletionError);
    }));
});

describe('a member that the budget has put off', () => {
  /** Joins until the budget is used up. */
  function spendAll(set: JoinSet<number>): void {
    while (byHand(set.joinNext()).poll() !== Pending);
  }

  /** A set of tasks that have ended. */
  function* ended(count: number): Async<JoinSet<number>> {
    const set = new JoinSet<number>();
    const handles = Array.from({ length: count }, (_, i) => set.spawn(answer(i)));
    while (!handles.every((handle) => handle.isFinished())) yield* yieldNow();
    return set;
  }

  it('is still in the set, and comes back at the next driver step', () =>
    run(function* () {
      const set = yield* ended(TURN_BUDGET + 1);
      spendAll(set);

      expect([set.length, set.tryJoinNext()]).toEqual([1, undefined]);
      yield* yieldNow();
      expect(set.tryJoinNext()?.value).toBe(TURN_BUDGET);
    }));

  it('does not come back into a set that has let go of it', () =>
    run(function* () {
      const set = yield* ended(TURN_BUDGET + 1);
      spendAll(set);
      set.detachAll();
      yield* yieldNow();

      expect([set.length, set.tryJoinNext()]).toEqual([0, undefined]);
    }));

  it('wakes who asks as a yield does', async () => {
    const causes: string[] = [];
    await run(
      function* () {
        const set = yield* ended(TURN_BUDGET + 1);
        yield* spawn(drain(set), { name: 'joiner' });
      },
      {
        observer: (event) => {
          if (event.kind === 'task.woken' && event.task.name === 'joiner') causes.push(event.by.kind);
        },
      },
    );

    expect(causes).toEqual(['self', 'yield']);
  });
});

describe('JoinSet.tryJoinNext', () => {
  it('answers members that have ended, in that order, and does not wait for the rest', () =>
    run(function* () {
      const set = new JoinSet<number>();
      for (const delay of [20, 10, 50]) set.spawn(later(delay, delay));
      expect(set.tryJoinNext()).toBeUndefined();
      yield* sleep(30);

      expect([set.tryJoinNext()?.value, set.tryJoinNext()?.value, set.tryJoinNext()]).toEqual([10, 20, undefined]);
      expect(set.length).toBe(1);
    }));

  it('throws how a member failed', () =>
    run(function* () {
      const set = new JoinSet<void>();
      set.spawn(failAfter(0));
      yield* yieldNow();

      expect(() => set.tryJoinNext()).toThrow('spilled');
      expect(set.isEmpty()).toBe(true);
    }));
});

describe('JoinSet.joinAll', () => {
  it('answers all values in the order in which the members ended', () =>
    run(function* () {
      const set = new JoinSet<number>();
      for (const delay of [30, 10, 20]) set.spawn(later(delay, delay));

      expect(yield* set.joinAll()).toEqual([10, 20, 30]);
      expect(now()).toBe(30);
    }));

  it('throws what a member threw, aborts the others and drops the values so far', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      set.spawn(forever(log, 'forever'));
      set.spawn(later(1, cup(log, 'cup')));
      set.spawn(failAfter(5));

      expect(yield* errorOf(set.joinAll())).toEqual(new Error('spilled'));
      expect(log).toEqual(['cup']);
      yield* yieldNow();
      expect(log).toEqual(['cup', 'forever']);
      expect(set.isEmpty()).toBe(true);
    }));

  it('throws the cancellation of a member that was aborted', () =>
    run(function* () {
      const set = new JoinSet<unknown>();
      set.spawn(pending()).abort();

      expect(yield* errorOf(set.joinAll())).toMatchObject({ message: 'task 1 was cancelled' });
    }));

  it('aborts the members when it is dropped, also before its first poll', () =>
    run(function* () {
      const log: string[] = [];
      const [polled, unpolled] = [new JoinSet<unknown>(), new JoinSet<unknown>()];
      polled.spawn(forever(log, 'polled'));
      polled.spawn(later(1, cup(log, 'cup')));
      unpolled.spawn(forever(log, 'unpolled'));

      yield* errorOf(timeout(5, polled.joinAll()));
      unpolled.joinAll()[Symbol.dispose]();
      yield* yieldNow();

      expect(log).toEqual(['cup', 'polled', 'unpolled']);
    }));

  it('leaves its values alone when it is dropped after it has answered', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      set.spawn(later(1, cup(log, 'cup')));
      const all = set.joinAll();
      yield* all;
      set.spawn(forever(log, 'forever'));
      all[Symbol.dispose]();
      yield* yieldNow();

      expect(log).toEqual([]);
    }));

  it('aborts the members even if a value cannot be dropped', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      const stuck = {
        [Symbol.dispose]() {
          throw new Error('stuck');
        },
      };
      set.spawn(later(1, stuck));
      set.spawn(forever(log, 'forever'));
      const all = byHand(set.joinAll());
      yield* sleep(2);
      all.poll();

      expect(() => all.drop()).toThrow('stuck');
      yield* yieldNow();
      expect(log).toEqual(['forever']);
    }));
});

describe('JoinSet.abortAll', () => {
  it('asks every member to be dropped in its turn, the first that was spawned first', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<void>();
      for (const name of ['a', 'b', 'c']) set.spawn(forever(log, name));
      yield* yieldNow();

      set.abortAll();
      expect([log, set.length]).toEqual([[], 3]);
      yield* yieldNow();

      expect([log, set.length]).toEqual([['a', 'b', 'c'], 3]);
      expect(((yield* errorOf(set.joinNext())) as JoinError).isCancelled()).toBe(true);
    }));

  it('leaves the values of those that have ended', () =>
    run(function* () {
      const set = new JoinSet<string>();
      set.spawn(later(1, 'tea'));
      yield* sleep(5);
      set.abortAll();

      expect(yield* drain(set)).toEqual(['tea']);
    }));
});

describe('JoinSet.shutdown', () => {
  it('aborts all members and waits until they are gone', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      for (const name of ['a', 'b']) set.spawn(forever(log, name));
      yield* yieldNow();
      yield* set.shutdown();

      expect([log, set.length]).toEqual([['a', 'b'], 0]);
    }));

  it('does nothing before it is awaited', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      set.spawn(forever(log, 'a'));
      yield* yieldNow();
      set.shutdown();
      yield* sleep(1);

      expect(log).toEqual([]);
    }));

  it('lets members run that are spawned meanwhile, and waits for them', () =>
    run(function* () {
      const set = new JoinSet<unknown>();
      set.spawn(
        (function* () {
          try {
            yield* pending();
          } finally {
            set.spawn(sleep(10));
          }
        })(),
      );
      yield* yieldNow();
      yield* set.shutdown();

      expect(now()).toBe(10);
    }));

  it('drops the values of those that had ended', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      set.spawn(later(1, cup(log, 'cup')));
      yield* sleep(5);
      yield* set.shutdown();

      expect(log).toEqual(['cup']);
    }));
});

describe('JoinSet.detachAll', () => {
  it('empties the set; the members run on', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<void>();
      set.spawn(
        (function* () {
          yield* sleep(10);
          log.push('done');
        })(),
      );
      set.detachAll();

      expect(set.isEmpty()).toBe(true);
      expect(yield* set.joinNext()).toBeUndefined();
      yield* sleep(20);
      expect(log).toEqual(['done']);
    }));

  it('drops the values of those that had ended', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      set.spawn(later(1, cup(log, 'cup')));
      yield* sleep(5);
      set.detachAll();

      expect(log).toEqual(['cup']);
    }));

  it('wakes who waits at once, to hear that nobody is left, and not when one of them ends', () =>
    run(function* () {
      const set = new JoinSet<unknown>();
      set.spawn(sleep(5));
      const waiting = byHand(set.joinNext());
      waiting.poll();
      set.detachAll();
      const wakes = waiting.wakes;
      yield* sleep(10);

      expect([wakes, waiting.wakes]).toEqual([1, 1]);
    }));
});

describe('a set that is disposed', () => {
  it.each([
    ['is disposed', (set: JoinSet<number>) => set[Symbol.dispose]()],
    ['lets go of its members', (set: JoinSet<number>) => set.detachAll()],
    ['gives up its joinAll()', (set: JoinSet<number>) => set.joinAll()[Symbol.dispose]()],
  ])('tells who waits in another task that it %s: nobody is left to join', async (_, empty) => {
    const answer = await run(function* () {
      const set = new JoinSet<number>();
      set.spawn(later(1000, 1));
      const before = spawn(set.joinNext());
      yield* sleep(1);
      const next = spawn(set.joinNext());
      yield* sleep(1);
      before.abort(); // It is not the one who waits now.
      yield* sleep(1);
      const waits = !next.isFinished();
      empty(set);
      return [waits, yield* next, now()];
    });

    expect(answer).toEqual([true, undefined, 3]);
  });

  it('does not wake the one who has emptied it by giving up', () =>
    run(function* () {
      const set = new JoinSet<number>();
      set.spawn(later(1000, 1));
      const all = byHand(set.joinAll());
      all.poll();
      all.drop();

      expect([set.isEmpty(), all.wakes]).toEqual([true, 0]);
    }));

  it('wakes once, and for one answer only', () =>
    run(function* () {
      const set = new JoinSet<void>();
      set.spawn(sleep(1000));
      const waiting = byHand(set.joinNext());
      waiting.poll();
      set.detachAll();
      expect([waiting.wakes, waiting.poll()]).toEqual([1, undefined]);

      set.spawn(sleep(1000));
      set.detachAll();

      expect(waiting.wakes).toBe(1);
    }));

  it('wakes nobody whose question was answered because somebody else had taken the last member', () =>
    run(function* () {
      const set = new JoinSet<number>();
      set.spawn(later(1, 1));
      const waiting = byHand(set.joinNext());
      waiting.poll();
      yield* sleep(5);
      set.tryJoinNext();
      expect([waiting.wakes, waiting.poll()]).toEqual([1, undefined]);

      set.spawn(later(1000, 1));
      const other = byHand(set.joinNext());
      other.poll();
      other.drop();
      set.detachAll();

      expect([waiting.wakes, other.wakes]).toEqual([1, 0]);
    }));

  it('wakes nobody who does not wait for it any more', async () => {
    const polls = await run(function* () {
      const set = new JoinSet<number>();
      set.spawn(later(1000, 1));
      let polled = 0;
      const neighbour = spawn(
        (function* () {
          yield* select({ next: set.joinNext(), nap: sleep(1) });
          const nap = sleep(100);
          yield* new (class extends Future<void> {
            poll(cx: Context): Poll<void> {
              polled += 1;
              return pollFuture(nap, cx);
            }
          })();
        })(),
      );
      yield* sleep(10);
      set[Symbol.dispose]();
      yield* neighbour;
      return polled;
    });

    expect(polls).toBe(2);
  });

  it('aborts its members: no task outlives the block', () =>
    run(function* () {
      const log: string[] = [];
      {
        using set = new JoinSet<void>();
        set.spawn(forever(log, 'a'));
        yield* yieldNow();
      }
      expect(log).toEqual([]);
      yield* yieldNow();
      expect(log).toEqual(['a']);
    }));

  it('drops the values of those that had ended', () =>
    run(function* () {
      const log: string[] = [];
      const set = new JoinSet<unknown>();
      set.spawn(later(1, cup(log, 'cup')));
      yield* sleep(5);
      set[Symbol.dispose]();
      set[Symbol.dispose]();

      expect(log).toEqual(['cup']);
    }));

  it('hears of a member that was spawned while the runtime ended', async () => {
    const seen: unknown[] = [];
    await run(function* () {
      const set = new JoinSet<void>();
      spawn(
        (function* () {
          try {
            yield* pending();
          } finally {
            set.spawn(pending());
            try {
              set.tryJoinNext();
            } catch (error) {
              seen.push((error as JoinError).isCancelled());
            }
          }
        })(),
      );
      yield* yieldNow();
    });

    expect(seen).toEqual([true]);
  });
});

describe('the panic of a member', () => {
  it('that joinNext told is not reported', async () => {
    const warnings = await warningsOf(function* () {
      using set = new JoinSet<void>();
      set.spawn(failAfter(1));
      yield* errorOf(set.joinNext());
    });

    expect(warnings).toEqual([]);
  });

  it.each([
    ['stays in the set to the end', function* (_: JoinSet<void>) {}],
    [
      'is in a set that is disposed',
      function* (set: JoinSet<void>) {
        set[Symbol.dispose]();
      },
    ],
    [
      'is detached',
      function* (set: JoinSet<void>) {
        set.detachAll();
      },
    ],
    [
      'is shut down',
      function* (set: JoinSet<void>): Async<void> {
        yield* set.shutdown();
      },
    ],
  ])('that %s is reported once', async (_, then) => {
    const warnings = await warningsOf(function* () {
      const set = new JoinSet<void>();
      set.spawn(failAfter(1), { name: 'cook' });
      yield* sleep(5);
      yield* then(set) as Async<void>;
    });

    expect(warnings).toEqual([expect.stringContaining('task cook panicked, and nobody joined it: Error: spilled')]);
  });
});

describe('a task that waits for a set', () => {
  it('is told of with the operation and the set', async () => {
    const events: RuntimeEvent[] = [];
    await run(
      function* () {
        const set = new JoinSet<void>();
        set.spawn(sleep(5), { name: 'nap' });
        yield* set.joinNext();
      },
      { observer: (event) => events.push(event) },
    );

    const end = events.find((event) => event.kind === 'task.poll-ended');
    expect(end).toMatchObject({ awaits: [{ op: 'joinNext()', resource: { name: 'joinset 1' } }] });
    const wake = events.findLast((event) => event.kind === 'task.woken');
    expect(wake).toMatchObject({
      task: { id: 0 },
      by: { kind: 'task', task: { name: 'nap' }, resource: { name: 'joinset 1' } },
    });
  });

  it('is told of when nothing can run any more', async () => {
    const error = await run(function* () {
      const set = new JoinSet<void>();
      set.spawn(pending(), { name: 'member' });
      yield* set.joinNext();
    }).catch((thrown: unknown) => thrown);

    expect((error as DeadlockError).tasks).toMatchObject([
      { name: 'main', waitsFor: [{ op: 'joinNext()', on: 'a join set' }] },
      { name: 'member', waitsFor: [{ op: 'pending()' }] },
    ]);
  });

  it('that used its budget up waits for the next turn', async () => {
    const ops: string[] = [];
    await run(
      function* () {
        const set = new JoinSet<number>();
        for (let i = 0; i <= TURN_BUDGET; i++) set.spawn(answer(i));
        yield* sleep(1);
        yield* drain(set);
      },
      {
        observer: (event) => {
          if (event.kind === 'task.poll-ended' && event.task.id === 0) ops.push(...event.awaits.map(({ op }) => op));
        },
      },
    );

    expect(ops).toContain('the next turn (budget used up)');
  });
});

describe('joinAll that was dropped', () => {
  it('has nothing to do with members that come later, also when it is dropped again', () =>
    run(function* () {
      using set = new JoinSet<string>();
      set.spawn(pending());
      const all = byHand(set.joinAll());
      all.poll();
      all.drop();
      set.spawn(answer('tea'));

      all.drop();

      expect((yield* set.joinNext())?.value).toBe('tea');
    }));
});

describe('a question without a budget', () => {
  it('is woken once', () =>
    run(function* () {
      using set = new JoinSet<string>();
      set.spawn(answer('tea'));
      yield* yieldNow();
      for (let i = 0; i < TURN_BUDGET; i++) yield* consumeBudget();
      const next = byHand(set.joinNext());

      expect(next.poll()).toBe(Pending);
      expect(next.wakes).toBe(1);
    }));
});
