import {
  type Async,
  type Context,
  consumeBudget,
  Future,
  Mutex,
  mpsc,
  Pending,
  type Poll,
  pollFuture,
  Runtime,
  type RuntimeEvent,
  sleep,
  spawn,
  timeout,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { byHand } from '../support/hand-poll.ts';

type Of<K extends RuntimeEvent['kind']> = Extract<RuntimeEvent, { kind: K }>;

async function eventsOf<K extends RuntimeEvent['kind']>(kind: K, main: () => Async<unknown>): Promise<Of<K>[]> {
  const events: RuntimeEvent[] = [];
  const runtime = new Runtime({ clock: 'virtual', observer: (event) => events.push(event) });
  await runtime.blockOn(main());
  return events.filter((event): event is Of<K> => event.kind === kind);
}

function* ignoring(future: Async<unknown> | Future<unknown>): Async<void> {
  try {
    yield* future;
  } catch {}
}

describe('what a pending task waits for', () => {
  it('is told with every function on the way there, also of a deep chain', async () => {
    function* nested(depth: number): Async<void> {
      if (depth === 1) yield* sleep(1);
      else yield* nested(depth - 1);
    }

    const ends = await eventsOf('task.poll-ended', function* () {
      yield* nested(3);
      yield* nested(16);
      yield* nested(2);
    });

    const depths = ends.map(({ awaits }) => awaits[0]?.stack.filter(({ fn }) => fn === 'nested').length);
    expect(depths).toEqual([3, 16, 2, undefined]);
  });

  it('stands where it is awaited, also if its timer was armed somewhere else', async () => {
    const ends = await eventsOf('task.poll-ended', function* () {
      const nap = sleep(1);
      (function rearm() {
        nap.reset(2);
      })();
      yield* nap;
    });

    expect(ends[0]?.awaits[0]?.stack.map(({ fn }) => fn)).not.toContain('rearm');
  });

  it('is not what it waited for before that threw', async () => {
    const ends = await eventsOf('task.poll-ended', function* () {
      const [, rx] = mpsc.channel<string>(1);
      yield* ignoring(timeout(10, rx.recv()));
      yield* sleep(20);
    });

    expect(ends.map(({ awaits }) => awaits.map(({ op }) => op))).toEqual([
      ['recv()', 'timeout(10ms)'],
      ['sleep(20ms)'],
      [],
    ]);
  });

  it('has the functions that await each other, innermost first', async () => {
    function* inner(): Async<void> {
      yield* sleep(1);
    }
    const [first] = await eventsOf('task.poll-ended', function* outer() {
      yield* inner();
    });

    expect(first?.awaits[0]?.stack.map(({ fn }) => fn)).toEqual(['inner', 'outer']);
  });
});

describe('where something waits', () => {
  function* nested(depth: number): Async<void> {
    if (depth === 1) yield* sleep(1);
    else yield* nested(depth - 1);
  }

  it('is told whole after many waits that were nearer', async () => {
    const depths = [...Array<number>(40).fill(1), 9, ...Array<number>(40).fill(2), 17, 5];
    const ends = await eventsOf('task.poll-ended', function* () {
      for (const depth of depths) yield* nested(depth);
    });

    const told = ends.map(({ awaits }) => awaits[0]?.stack.filter(({ fn }) => fn === 'nested').length);
    expect(told).toEqual([...depths, undefined]);
  });

  it('is also where it takes the lock that it was granted in line, many functions of ours below', async () => {
    function* taking(lock: Mutex<number>): Async<void> {
      using _held = yield* lock.lock();
      yield* sleep(1);
    }
    const ops = await eventsOf('resource.op', function* () {
      const lock = new Mutex(0);
      const other = spawn(taking(lock));
      yield* taking(lock);
      yield* other;
    });

    const taken = ops.flatMap((event) => (event.op === 'acquired' ? [event] : []));
    expect(taken.map(({ granted, location }) => [granted, location?.fn])).toEqual([
      [false, 'taking'],
      [true, 'taking'],
    ]);
  });

  it('is, of a timeout, not where what it times waits', async () => {
    function* below(): Async<void> {
      yield* sleep(5);
    }
    const created = await eventsOf('resource.created', function* main() {
      yield* ignoring(timeout(1, below()));
    });
    const [end] = await eventsOf('task.poll-ended', function* main() {
      yield* ignoring(timeout(1, below()));
    });

    expect(end?.awaits.map(({ op, stack }) => [op, stack[0]?.fn])).toEqual([
      ['sleep(5ms)', 'below'],
      ['timeout(1ms)', 'ignoring'],
    ]);
    expect(created.map(({ location }) => location?.fn)).toEqual(['below', 'ignoring']);
  });

  it('is, of a timeout, where it is awaited, also if what it times is a future by hand that arms a timer', async () => {
    class Nap extends Future<void> {
      readonly timer = sleep(5);
      override get awaited() {
        return this.timer.awaited;
      }
      poll(cx: Context): Poll<void> {
        return this.timer.poll(cx);
      }
    }
    class Two extends Future<void> {
      readonly #one = sleep(5);
      readonly #other = sleep(6);
      poll(cx: Context): Poll<void> {
        const answers = [this.#first(cx), this.#second(cx)];
        return answers.includes(Pending) ? Pending : undefined;
      }
      #first(cx: Context) {
        return pollFuture(this.#one, cx);
      }
      #second(cx: Context) {
        return pollFuture(this.#other, cx);
      }
    }
    const ends = await eventsOf('task.poll-ended', function* main() {
      yield* ignoring(timeout(1, new Nap()));
      yield* ignoring(timeout(1, new Two()));
    });

    expect(ends.map(({ awaits }) => awaits.map(({ op, stack }) => [op, stack[0]?.fn]))).toEqual([
      [
        ['Nap', 'poll'],
        ['timeout(1ms)', 'ignoring'],
      ],
      [
        ['sleep(5ms)', '#first'],
        ['sleep(6ms)', '#second'],
        ['timeout(1ms)', 'ignoring'],
      ],
      [],
    ]);
  });

  it('is, of a timeout, found also where it times another one', async () => {
    const [end] = await eventsOf('task.poll-ended', function* main() {
      yield* ignoring(timeout(2, timeout(1, sleep(5))));
    });

    const stacks = end?.awaits.map(({ stack }) => stack.map(({ fn }) => fn));
    expect(stacks).toEqual(Array(3).fill(['ignoring', 'main']));
  });
});

describe('a task that ends', () => {
  it('wakes its joiner from no place in the program, also in the turn that blockOn has begun', async () => {
    const [woken] = await eventsOf('task.woken', function* () {
      yield* spawn(consumeBudget(), { name: 'kid' });
    });

    expect(woken?.by).toMatchObject({ kind: 'task', task: { name: 'kid' }, location: null });
  });
});

describe('a future that was made and never awaited', () => {
  it('is told at the end, with its place', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      sleep(5);
      yield* sleep(1);
    });

    expect(told.map(({ op }) => op)).toEqual(['sleep(5ms)']);
    expect(told[0]?.location?.file).toContain('tracer.test.ts');
  });

  it('is not one that was awaited after others that were made later', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      const [first, second, third] = [sleep(1), sleep(2), sleep(3)];
      yield* third;
      sleep(4);
      yield* first;
      yield* second;
      sleep(5);
    });

    expect(told.map(({ op }) => op)).toEqual(['sleep(4ms)', 'sleep(5ms)']);
  });

  it('is told also of a lock that `using` has dropped: the star was forgotten', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      {
        using _held = new Mutex(0).lock();
        using _nap = sleep(5);
      }
      using _again = yield* new Mutex(0).lock();
    });

    expect(told.map(({ op }) => op)).toEqual(['lock()']);
  });

  it('is not one that threw at its first poll', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      rx.close();
      yield* ignoring(tx.send(1));
    });

    expect(told).toEqual([]);
  });

  it('is not one whose task was cancelled before it came to it', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      const task = spawn(
        (function* (): Async<void> {
          const later = sleep(50);
          yield* sleep(10);
          yield* later;
        })(),
      );
      yield* yieldNow();
      task.abort();
    });

    expect(told).toEqual([]);
  });

  it('is not the last one that a cancelled task has made', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      const task = spawn(
        (function* (): Async<void> {
          const nap = sleep(10);
          const later = sleep(50);
          yield* nap;
          yield* later;
        })(),
      );
      yield* yieldNow();
      task.abort();
      yield* ignoring(task);
    });

    expect(told).toEqual([]);
  });

  it('is not a handle, which may be ignored', async () => {
    const told = await eventsOf('future.unawaited', function* () {
      spawn(sleep(1));
      yield* sleep(2);
    });

    expect(told).toEqual([]);
  });
});

describe('an observer that throws', () => {
  it('changes nothing, and is told of once', async () => {
    const warnings: string[] = [];
    const runtime = new Runtime({
      clock: 'virtual',
      onWarning: (message) => warnings.push(message),
      observer: () => {
        throw new Error('no paper left');
      },
    });

    const answer = await runtime.blockOn(
      (function* (): Async<string> {
        yield* sleep(5);
        return 'tea';
      })(),
    );

    expect(answer).toBe('tea');
    expect(warnings).toEqual(['the observer threw, and is not told any more: Error: no paper left']);
  });
});

describe('a timer', () => {
  it('that is put back into the past tells that it has fired', async () => {
    const ops = await eventsOf('resource.op', function* () {
      const nap = sleep(100);
      const sleeper = spawn(nap);
      yield* sleep(10);
      nap.reset(5);
      yield* sleeper;
    });

    const moved = ops.find((event) => event.op === 'armed' && event.deadline === 100)?.resource;
    expect(ops.filter(({ resource }) => resource.id === moved?.id).map(({ op }) => op)).toEqual(['armed', 'fired']);
  });
});

describe('a timer that is moved to a later end', () => {
  it('tells it once', async () => {
    const ops = await eventsOf('resource.op', function* () {
      const nap = sleep(10);
      byHand(nap).poll();
      nap.reset(20);
      nap.drop();
    });

    expect(ops.map((event) => (event.op === 'armed' ? event.deadline : event.op))).toEqual([10, 20, 'cancelled']);
  });
});

describe('a poll that yields what is no future, again and again, and catches the error', () => {
  it('ends with that error instead of keeping the thread', async () => {
    function* stubborn(): Generator<unknown, void, void> {
      for (;;) {
        try {
          yield 5;
        } catch {}
      }
    }

    const run = new Runtime({ clock: 'virtual' }).blockOn(stubborn() as unknown as Async<void>);

    await expect(run).rejects.toThrow('a task yielded 5');
  });
});

describe('stop, called by whoever hears that the runtime parks', () => {
  it('ends the run at once, and once', async () => {
    const events: string[] = [];
    const runtime = new Runtime({
      observer: (event) => {
        events.push(event.kind);
        if (event.kind === 'runtime.parked') runtime.stop();
      },
    });
    const start = performance.now();

    await expect(runtime.blockOn(sleep10s())).rejects.toThrow('stopped');

    expect(performance.now() - start).toBeLessThan(5000);
    expect(events.filter((kind) => kind === 'runtime.finished')).toHaveLength(1);
  });

  function* sleep10s(): Async<void> {
    yield* sleep(10_000);
  }
});

describe('an I/O wait, a lock or a send that has answered', () => {
  it('is refused when it is awaited again', async () => {
    class Twice extends Future<unknown> {
      readonly #inner: Future<unknown>;

      constructor(inner: Future<unknown>) {
        super();
        this.#inner = inner;
      }

      override poll(cx: Parameters<Future<unknown>['poll']>[0]): Poll<unknown> {
        if (this.#inner.poll(cx) === Pending) return Pending;
        return this.#inner.poll(cx);
      }
    }
    const run = new Runtime({ clock: 'virtual' }).blockOn(
      (function* (): Async<void> {
        const [tx] = mpsc.channel<number>(2);
        yield* new Twice(tx.send(1));
      })(),
    );

    await expect(run).rejects.toThrow('was awaited again after it had given its value');
  });
});
