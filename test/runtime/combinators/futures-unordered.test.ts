import {
  type Async,
  type Context,
  type DeadlockError,
  Future,
  FuturesUnordered,
  fromPromise,
  Mutex,
  mpsc,
  NotAFutureError,
  now,
  Pending,
  type Poll,
  PolledAfterCompletionError,
  pending,
  type RuntimeEvent,
  select,
  sleep,
  spawn,
  type Waker,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

function* later<T>(delay: number, value: T): Async<T> {
  yield* sleep(delay);
  return value;
}

function* drain<T>(set: FuturesUnordered<T>): Async<T[]> {
  const values: T[] = [];
  for (let next = yield* set.next(); next !== undefined; next = yield* set.next()) values.push(next.value);
  return values;
}

/** What main waits for after each of its polls. */
async function awaitsOf(main: () => Async<unknown>): Promise<string[][]> {
  const ends: string[][] = [];
  const observer = (event: RuntimeEvent) => {
    if (event.kind === 'task.poll-ended' && event.task.id === 0) ends.push(event.awaits.map(({ op }) => op));
  };
  await run(main, { observer });
  return ends;
}

describe('FuturesUnordered.next', () => {
  it('answers in the order in which the futures are ready', () =>
    run(function* () {
      const set = new FuturesUnordered([later(30, 'c'), later(10, 'a'), later(20, 'b')]);

      expect(yield* drain(set)).toEqual(['a', 'b', 'c']);
      expect(now()).toBe(30);
    }));

  it('answers undefined when there are none, and goes on when there are some again', () =>
    run(function* () {
      const set = new FuturesUnordered<string>();
      expect(yield* set.next()).toBeUndefined();
      set.push(later(5, 'tea'));
      expect(yield* set.next()).toEqual({ value: 'tea' });
    }));

  it('tells a future that answered undefined from an empty set', () =>
    run(function* () {
      expect(yield* new FuturesUnordered([sleep(1)]).next()).toEqual({ value: undefined });
    }));

  it('polls only those that were woken', () => {
    const gates = Array.from({ length: 5 }, () => new Gate<string>());
    const set = new FuturesUnordered(gates);
    const next = byHand(set.next());
    next.poll();
    gates[3]?.open('tea');

    expect(next.poll()).toEqual({ value: 'tea' });
    expect(gates.map(({ polls }) => polls)).toEqual([1, 1, 1, 2, 1]);
  });

  it('polls those that were woken in the order of their wakes', () => {
    const gates = [0, 1, 2].map(() => new Gate<number>());
    const set = new FuturesUnordered(gates);
    byHand(set.next()).poll();
    for (const i of [2, 0, 1]) gates[i]?.open(i);

    expect([ready(set.next()), ready(set.next()), ready(set.next())].map((next) => next?.value)).toEqual([2, 0, 1]);
  });

  it('wakes its task once, however many of its futures are woken', () => {
    const gates = [new Gate(), new Gate()];
    const next = byHand(new FuturesUnordered(gates).next());
    next.poll(); // All were polled: it lets the rest of the program have its turn.
    expect(next.wakes).toBe(1);
    next.poll();
    for (const gate of gates) gate.open();

    expect(next.wakes).toBe(2);
  });

  it('wakes whoever asked last', () => {
    const gate = new Gate();
    const set = new FuturesUnordered([gate]);
    const [first, second] = [byHand(set.next()), byHand(set.next())];
    for (const next of [first, second]) next.poll();
    const before = [first.wakes, second.wakes];
    gate.open();

    expect([first.wakes, second.wakes]).toEqual([before[0], 1]);
  });

  it('does not wake for a future that was pushed: the next one who asks polls it', () => {
    const set = new FuturesUnordered<void>([new Gate()]);
    const next = byHand(set.next());
    for (let i = 0; i < 2; i++) next.poll();
    const gate = new Gate();
    set.push(gate);

    expect([next.wakes, gate.polls]).toEqual([1, 0]);
    next.poll();
    expect(gate.polls).toBe(1);
  });

  it('throws what a future throws, which is out of the set then', () =>
    run(function* () {
      const set = new FuturesUnordered<string>([
        later(10, 'tea'),
        (function* (): Async<never> {
          yield* sleep(5);
          throw new Error('spilled');
        })(),
      ]);

      expect(() => ready(set.next())).toThrow('expected the future to be ready');
      yield* sleep(5);
      expect(() => ready(set.next())).toThrow('spilled');
      expect(yield* drain(set)).toEqual(['tea']);
    }));

  it('loses nothing when it is dropped', () =>
    run(function* () {
      const set = new FuturesUnordered([later(10, 'tea')]);
      yield* select({ next: set.next(), nap: sleep(5) });

      expect(yield* set.next()).toEqual({ value: 'tea' });
      expect(now()).toBe(10);
    }));

  it('may be asked by another task than before', () =>
    run(function* () {
      const set = new FuturesUnordered([later(10, 'a'), later(20, 'b')]);
      byHand(set.next()).poll();
      const other = spawn(set.next());

      expect(yield* other).toEqual({ value: 'a' });
      expect(yield* set.next()).toEqual({ value: 'b' });
    }));

  it('tells its futures which task polls them', () =>
    run(function* () {
      const tasks: (string | undefined)[] = [];
      class Curious extends Future<void> {
        waker: Waker | undefined;
        override poll(cx: Context): Poll<void> {
          tasks.push(cx.task?.name);
          this.waker = cx.leafWaker;
          return tasks.length < 2 ? Pending : undefined;
        }
      }
      const curious = new Curious();
      const set = new FuturesUnordered([curious]);
      byHand(set.next()).poll();
      curious.waker?.wake();
      yield* spawn(set.next(), { name: 'other' });

      expect(tasks).toEqual(['main', 'other']);
    }));

  it('cannot be awaited again after its answer', () => {
    const next = new FuturesUnordered().next();
    ready(next);

    expect(() => ready(next)).toThrow(PolledAfterCompletionError);
  });

  it('remembers that a future took its waker: the task can be woken from outside', () =>
    run(
      function* () {
        class Outside extends Future<string> {
          #rings = 0;
          override poll(cx: Context): Poll<string> {
            if (this.#rings++ > 0) return 'rang';
            const { waker } = cx;
            setTimeout(() => waker.wake(), 1);
            return Pending;
          }
        }
        expect(yield* new FuturesUnordered([new Outside()]).next()).toEqual({ value: 'rang' });
        expect(yield* new FuturesUnordered([fromPromise(Promise.resolve(5))]).next()).toEqual({ value: 5 });
      },
      { clock: 'real' },
    ));
});

describe('a future that wakes itself', () => {
  class Greedy extends Future<void> {
    polls = 0;
    override poll(cx: Context): Poll<void> {
      this.polls += 1;
      cx.leafWaker.wake();
      return Pending;
    }
  }

  it('is polled again before the others have had a turn only once', () => {
    const greedy = [new Greedy(), new Greedy(), new Greedy()];
    byHand(new FuturesUnordered(greedy).next()).poll();

    expect(greedy.map(({ polls }) => polls)).toEqual([1, 1, 0]);
  });

  it('does not keep the thread when it is alone', () => {
    const greedy = new Greedy();
    byHand(new FuturesUnordered([greedy]).next()).poll();

    expect(greedy.polls).toBe(1);
  });
});

describe('FuturesUnordered', () => {
  it('counts the futures that were not answered', () => {
    const gate = new Gate();
    const set = new FuturesUnordered<void>([gate, pending()]);
    gate.open();

    expect([set.length, set.isEmpty()]).toEqual([2, false]);
    ready(set.next());
    expect(set.length).toBe(1);
    expect(new FuturesUnordered().isEmpty()).toBe(true);
  });

  it('takes nothing but futures', () => {
    expect(() => new FuturesUnordered([5 as never])).toThrow(NotAFutureError);
    expect(() => new FuturesUnordered().push(5 as never)).toThrow('FuturesUnordered.push()');
  });

  it('is disposed, and its wait dropped, also where no executor polls', () => {
    const gates = [new Gate(), new Gate()];
    function* wait(): Async<void> {
      using set = new FuturesUnordered(gates);
      yield* select({ next: set.next(), tea: tea() }, { biased: true });
    }
    function* tea(): Async<string> {
      return 'tea';
    }

    ready(wait());

    expect(gates.map(({ drops }) => drops)).toEqual([1, 1]);
  });

  it('is called next() while it waits', () => {
    expect(new FuturesUnordered().next().label).toBe('next()');
  });

  it('drops what is left when it is disposed, what was polled last first', () => {
    const log: string[] = [];
    class Named extends Gate {
      readonly name: string;
      constructor(name: string) {
        super();
        this.name = name;
      }
      override drop(): void {
        log.push(this.name);
      }
    }
    const [a, b, c] = [new Named('a'), new Named('b'), new Named('c')];
    const set = new FuturesUnordered<void>([a, b, c]);
    byHand(set.next()).poll();
    b.open();
    ready(set.next());
    set.push(new Named('new'));
    set[Symbol.dispose]();
    set[Symbol.dispose]();

    expect(log).toEqual(['new', 'c', 'a']);
    expect(set.isEmpty()).toBe(true);
  });

  it('cannot be disposed by one of its own futures, which runs: nothing is dropped then', () =>
    run(function* () {
      const log: string[] = [];
      const set = new FuturesUnordered<string>();
      function* disposes(): Async<string> {
        yield* sleep(1);
        try {
          set[Symbol.dispose]();
        } catch (error) {
          log.push(String(error));
        }
        yield* sleep(1);
        return 'went on';
      }
      set.push(disposes());
      set.push(later(5, 'was not dropped'));

      expect(yield* drain(set)).toEqual(['went on', 'was not dropped']);
      expect(log).toEqual([
        'DroppedFromInsideError: a FuturesUnordered or a joinAll() was dropped by a future inside it, which still runs: drop it from outside, where it is awaited',
      ]);
    }));

  it('can be disposed by others as soon as none of its futures runs, also after one has thrown', () => {
    const set = new FuturesUnordered<void>([
      (function* (): Async<void> {
        throw new Error('no');
      })(),
      new Gate(),
    ]);
    expect(() => ready(set.next())).toThrow('no');
    byHand(set.next()).poll();
    set[Symbol.dispose]();

    expect(set.isEmpty()).toBe(true);
  });

  it('wakes nobody for a future that was dropped or has answered', () => {
    const [gate, other] = [new Gate(), new Gate()];
    const set = new FuturesUnordered<void>([gate, other]);
    byHand(set.next()).poll();
    gate.open();
    ready(set.next());
    const next = byHand(set.next());
    next.poll();
    const before = next.wakes;
    gate.open();
    set[Symbol.dispose]();
    other.open();

    expect(next.wakes).toBe(before);
  });
});

describe('the trace of a task that waits for many', () => {
  it('names all that they wait for, also those that were not polled this time', async () => {
    const ends = await awaitsOf(function* () {
      const set = new FuturesUnordered([later(30, 'c'), later(10, 'a'), later(20, 'b')]);
      yield* drain(set);
    });

    expect(ends).toEqual([
      ['sleep(30ms)', 'sleep(10ms)', 'sleep(20ms)'],
      ['sleep(30ms)', 'sleep(10ms)', 'sleep(20ms)'],
      ['sleep(30ms)', 'sleep(20ms)'],
      ['sleep(30ms)'],
      [],
    ]);
  });

  it('names nothing of it when the task waits for something else', async () => {
    const ends = await awaitsOf(function* () {
      const set = new FuturesUnordered([later(10, 'a'), later(20, 'b')]);
      yield* set.next();
      yield* sleep(3);
    });

    expect(ends.at(-2)).toEqual(['sleep(3ms)']);
  });

  it('says where each of them waits now, and where the task does', async () => {
    const stacks: (string | undefined)[][] = [];
    function* nap(delay: number): Async<void> {
      yield* sleep(delay);
    }
    function* first(set: FuturesUnordered<void>): Async<void> {
      yield* set.next();
    }
    function* second(set: FuturesUnordered<void>): Async<void> {
      yield* set.next();
    }
    await run(
      function* main() {
        const set = new FuturesUnordered([nap(10), nap(20)]);
        yield* first(set);
        yield* second(set);
      },
      {
        observer: (event) => {
          if (event.kind !== 'task.poll-ended') return;
          stacks.push(...event.awaits.map(({ stack }) => stack.map(({ fn }) => fn)));
        },
      },
    );

    const [one, two] = [
      ['nap', 'first', 'main'],
      ['nap', 'second', 'main'],
    ];
    expect(stacks).toEqual([one, one, one, one, two]);
  });

  it('knows which task a lock was granted to', async () => {
    const granted: unknown[] = [];
    await run(
      function* () {
        const mutex = new Mutex(0);
        const held = mutex.tryLock();
        spawn(
          (function* () {
            yield* sleep(1);
            held?.[Symbol.dispose]();
          })(),
        );
        yield* new FuturesUnordered([mutex.lock()]).next();
      },
      {
        observer: (event) => {
          if (event.kind === 'resource.op' && event.op === 'granted') granted.push(event.to);
        },
      },
    );

    expect(granted).toEqual([{ id: 0, name: 'main' }]);
  });

  it('forwards what woke one of them', async () => {
    const causes: unknown[] = [];
    await run(
      function* () {
        const [tx, rx] = mpsc.channel<string>(1);
        spawn(
          (function* () {
            yield* sleep(1);
            yield* tx.send('tea');
          })(),
        );
        yield* new FuturesUnordered<unknown>([rx.recv()]).next();
        yield* new FuturesUnordered([sleep(5)]).next();
        yield* new FuturesUnordered<void>([
          pending(),
          (function* () {
            yield* sleep(1);
            yield* yieldNow();
          })(),
        ]).next();
      },
      {
        observer: (event) => {
          if (event.kind === 'task.woken' && event.task.id === 0) causes.push(event.by);
        },
      },
    );

    expect(causes).toContainEqual(
      expect.objectContaining({ kind: 'task', resource: expect.objectContaining({ name: 'channel 1' }) }),
    );
    expect(causes).toContainEqual(expect.objectContaining({ kind: 'timer' }));
    expect(causes).toContainEqual({ kind: 'yield' });
  });
});

describe('a stuck program', () => {
  async function stuckOn(main: () => Async<unknown>): Promise<unknown> {
    const error = await run(main).catch((thrown: unknown) => thrown);
    return (error as DeadlockError).tasks[0]?.waitsFor.map(({ op }) => op);
  }

  it('names what the futures wait for, whether or not the set is disposed', async () => {
    const waits = await stuckOn(function* () {
      yield* new FuturesUnordered<unknown>([pending(), mpsc.channel(1)[1].recv()]).next();
    });
    const disposed = await stuckOn(function* () {
      using set = new FuturesUnordered([pending()]);
      yield* set.next();
    });

    expect([waits, disposed]).toEqual([['recv()', 'pending()'], ['pending()']]);
  });

  it('runs what the futures that a set merely holds do at their end', async () => {
    const log: string[] = [];
    function* boil(): Async<void> {
      try {
        yield* pending();
      } finally {
        log.push('off');
      }
    }
    await stuckOn(function* () {
      using set = new FuturesUnordered([boil()]);
      byHand(set.next()).poll();
      yield* pending();
    });

    expect(log).toEqual(['off']);
  });

  it('does not take what a set merely holds for what the task waits for', async () => {
    const waits = await stuckOn(function* () {
      using set = new FuturesUnordered<unknown>([mpsc.channel(1)[1].recv()]);
      byHand(set.next()).poll();
      yield* pending();
    });

    expect(waits).toEqual(['pending()']);
  });
});
