import {
  type Async,
  type Context,
  consumeBudget,
  Future,
  fromPromise,
  type JoinHandle,
  join,
  Pending,
  type Poll,
  pending,
  sleep,
  spawn,
  TURN_BUDGET,
  type Waker,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { drop } from '../../src/runtime/task.ts';
import { areGone } from '../support/garbage.ts';
import { Gate } from '../support/gate.ts';
import { byHand, ready } from '../support/hand-poll.ts';
import { run, warningsOf } from '../support/run.ts';

describe('a wake', () => {
  it('that comes several times before the task runs is one poll', async () => {
    const gates = [new Gate(), new Gate(), new Gate()];

    await run(function* () {
      spawn(join(...gates));
      yield* yieldNow();
      gates[0]?.open();
      gates[1]?.open();
      yield* yieldNow();
      gates[2]?.open();
      yield* yieldNow();
    });

    expect(gates.map((gate) => gate.polls)).toEqual([2, 2, 3]);
  });

  it('that comes while the task runs is not lost', async () => {
    class WakesWhilePolled extends Future<string> {
      #polls = 0;
      override poll(cx: Context): Poll<string> {
        this.#polls += 1;
        cx.waker.wake();
        cx.waker.wake();
        return this.#polls === 3 ? 'polled three times' : Pending;
      }
    }

    const answer = await run(function* () {
      return yield* spawn(new WakesWhilePolled());
    });

    expect(answer).toBe('polled three times');
  });

  it('of a task that is ready in the same poll polls nothing more', async () => {
    let polls = 0;
    class WakesAndIsReady extends Future<void> {
      override poll(cx: Context): Poll<void> {
        polls += 1;
        cx.waker.wake();
      }
    }

    await run(function* () {
      spawn(new WakesAndIsReady());
      yield* sleep(1);
    });

    expect(polls).toBe(1);
  });

  it('reaches only the task that polled last', async () => {
    const gate = new Gate();
    const polls: string[] = [];
    class Spy extends Future<void> {
      readonly #name: string;
      constructor(name: string) {
        super();
        this.#name = name;
      }
      override poll(cx: Context): Poll<void> {
        polls.push(this.#name);
        return gate.poll(cx);
      }
    }

    await run(function* () {
      spawn(new Spy('first'));
      spawn(new Spy('second'));
      yield* yieldNow();
      polls.length = 0;
      gate.open();
      yield* yieldNow();
    });

    expect(polls).toEqual(['second']);
  });
});

describe('the end of a task', () => {
  it('drops its locals before its joiner is woken', async () => {
    const log: string[] = [];

    await run(function* () {
      yield* spawn(
        (function* () {
          using _cup = { [Symbol.dispose]: () => void log.push('cup') };
          yield* yieldNow();
        })(),
      );
      log.push('joined');
    });

    expect(log).toEqual(['cup', 'joined']);
  });

  it('disposes at once a value that nobody can ask for', async () => {
    const log: string[] = [];

    await run(function* () {
      spawn(disposable(log))[Symbol.dispose]();
      yield* yieldNow();
      log.push('later');
    });

    expect(log).toEqual(['value disposed', 'later']);
  });

  it('keeps the value until its handle is dropped, and disposes it then', async () => {
    const log: string[] = [];

    await run(function* () {
      const handle = spawn(disposable(log));
      yield* yieldNow();
      log.push('finished');
      handle[Symbol.dispose]();
    });

    expect(log).toEqual(['finished', 'value disposed']);
  });

  it('hands the value over undisposed to who joins', async () => {
    const log: string[] = [];

    await run(function* () {
      yield* spawn(disposable(log));
    });

    expect(log).toEqual([]);
  });

  it('survives a value that cannot be disposed, and warns of it', async () => {
    const answers: string[] = [];
    function* poisonous(): Async<Disposable> {
      return {
        [Symbol.dispose]() {
          throw new Error('cannot dispose');
        },
      };
    }

    const warnings = await warningsOf(function* () {
      spawn(poisonous(), { name: 'chemist' })[Symbol.dispose]();
      yield* yieldNow();
      answers.push('main goes on');
    });

    expect(answers).toEqual(['main goes on']);
    expect(warnings).toEqual([expect.stringMatching(/task chemist panicked, and nobody joined it: .*cannot dispose/)]);
  });

  it('warns of a value that is a future nobody awaited', async () => {
    function* boil(): Async<void> {}
    function* forgetful(): Async<unknown> {
      return boil();
    }

    const warnings = await warningsOf(function* () {
      yield* spawn(forgetful(), { name: 'cook' });
    });

    expect(warnings).toEqual([
      'the end of task cook got a future (a generator), not its value: await it first, `yield* …`',
    ]);
  });

  it('warns of a main future that answers a future, too', async () => {
    const warnings = await warningsOf(function* () {
      return sleep(5);
    });

    expect(warnings).toEqual([
      'the end of task main got the future sleep(5ms), not its value: await it first, `yield* sleep(5ms)`',
    ]);
  });
});

describe('a panic', () => {
  it('of one task leaves the others alone', async () => {
    const answer = await run(
      function* () {
        spawn(
          (function* () {
            throw new Error('spilled');
          })(),
        );
        return yield* spawn(
          (function* () {
            yield* sleep(10);
            return 'tea';
          })(),
        );
      },
      { onWarning: () => {} },
    );

    expect(answer).toBe('tea');
  });
});

function* disposable(log: string[]): Async<Disposable> {
  return { [Symbol.dispose]: () => void log.push('value disposed') };
}

describe('the trace of a task', () => {
  it('tells how each poll ended', async () => {
    const ends: string[] = [];
    function* boil(): Async<void> {
      yield* yieldNow();
      throw new Error('dry');
    }
    function* abortItself(): Async<void> {
      self.abort();
      yield* sleep(1);
    }
    let self: JoinHandle<void>;

    await run(
      function* () {
        const kettle = spawn(boil(), { name: 'kettle' });
        self = spawn(abortItself(), { name: 'quitter' });
        for (const handle of [kettle, self]) yield* outcomeOf(handle);
      },
      {
        observer: (event) => {
          if (event.kind === 'task.poll-ended' && event.task.id !== 0) ends.push(`${event.task.name} ${event.outcome}`);
        },
      },
    );

    expect(ends).toEqual(['kettle pending', 'quitter aborted', 'kettle panicked']);
  });
});

describe('a task that has ended', () => {
  it('is held by nobody but its handle, and holds its future no more', async () => {
    const gone = await run(function* () {
      const [future, task] = (() => {
        const gate = new Gate();
        gate.open();
        const handle = spawn(gate);
        kept.push(handle);
        return [new WeakRef<object>(gate), new WeakRef<object>(spawn(sleep(1)).awaited as object)];
      })();
      yield* sleep(5);
      return yield* fromPromise(areGone([future, task]));
    });

    expect(gone).toEqual([true, true]);
    expect(kept).toHaveLength(1);
  });
  const kept: unknown[] = [];

  it('leaves its budget to nobody', async () => {
    await run(function* () {
      for (let i = 0; i < TURN_BUDGET; i++) yield* consumeBudget();
    });

    expect(ready(consumeBudget())).toBeUndefined();
  });
});

describe('the value of a task', () => {
  it('is not held any more once it was joined, or its handle dropped', async () => {
    const gone = await run(function* () {
      const [joined, dropped] = [spawn(value()), spawn(value())];
      yield* yieldNow();
      dropped.drop();
      const refs = [new WeakRef<object>(yield* joined)];
      kept.push(joined, dropped);
      return yield* fromPromise(areGone([...refs, ...made]));
    });

    expect(gone).toEqual([true, true, true]);
    expect(kept).toHaveLength(2);
  });
  const made: WeakRef<object>[] = [];
  const kept: unknown[] = [];
  function* value(): Async<object> {
    const cup = {};
    made.push(new WeakRef(cup));
    return cup;
  }

  it('that nobody gets is dropped, if it can be', () => {
    const log: string[] = [];
    const generator = (function* (): Async<void> {
      try {
        yield* pending();
      } finally {
        log.push('generator');
      }
    })();
    byHand(generator).poll();

    drop(null);
    drop('tea');
    drop({ [Symbol.dispose]: () => log.push('disposable') });
    drop(generator);

    expect(log).toEqual(['disposable', 'generator']);
  });

  it('that is a future is told of as forgotten, but not a handle', async () => {
    const warnings = await warningsOf(function* () {
      yield* spawn(answer(sleep(1)), { name: 'forgetful' });
      yield* spawn(answer(spawn(sleep(1))), { name: 'careful' });
    });

    expect(warnings.map((text) => /forgetful|careful/.exec(text)?.[0])).toEqual(['forgetful']);
  });
  function* answer<T>(what: T): Async<T> {
    return what;
  }
});

describe('a task that is being dropped', () => {
  it('cannot be woken any more', async () => {
    const wakes: string[] = [];
    class WakesWhenDropped extends Future<void> {
      #waker: Waker | undefined;
      override poll(cx: Context): Poll<void> {
        this.#waker = cx.waker;
        return Pending;
      }
      override drop(): void {
        this.#waker?.wake();
      }
    }

    await run(
      function* () {
        const task = spawn(new WakesWhenDropped(), { name: 'restless' });
        yield* yieldNow();
        task.abort();
        yield* outcomeOf(task);
      },
      {
        observer: (event) => {
          if (event.kind === 'task.woken' && event.task.name === 'restless') wakes.push(event.by.kind);
        },
      },
    );

    expect(wakes).toEqual(['abort']);
  });
});

function* outcomeOf(handle: JoinHandle<unknown>): Async<void> {
  try {
    yield* handle;
  } catch {
    // Its poll is what we want to hear of.
  }
}
