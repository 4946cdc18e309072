import {
  AllBranchesDisabledError,
  type Async,
  type Awaitable,
  branch,
  consumeBudget,
  Future,
  Mutex,
  mpsc,
  NotAFutureError,
  now,
  Pending,
  type Poll,
  PolledAfterCompletionError,
  pending,
  ref,
  select,
  sleep,
  spawn,
  TokioOrder,
  TURN_BUDGET,
} from 'async-lessons';
import { describe, expect, it, vi } from 'vitest';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

function* answer<T>(value: T): Async<T> {
  return value;
}

/** Throws when it is dropped. */
class Clingy extends Gate {
  override drop(): void {
    super.drop();
    throw new Error('cannot let go');
  }
}

const isEven = (value: number): value is 0 | 2 => value % 2 === 0;

describe('select', () => {
  it('is lazy: nothing is polled before it is', () => {
    const gate = new Gate();

    select({ gate });

    expect(gate.polls).toBe(0);
  });

  it('answers the branch that is ready first, with its value', async () => {
    const winner = await run(function* () {
      return yield* select({ slow: sleep(20), fast: sleep(10), never: pending() });
    });

    expect(winner).toEqual({ branch: 'fast', value: undefined });
  });

  it('polls all branches at every wake, until one is ready', () => {
    const [a, b] = [new Gate(), new Gate<string>()];
    const race = byHand(select({ a, b }, { biased: true }));
    race.poll();
    race.poll();

    b.open('tea');

    expect(race.poll()).toEqual({ branch: 'b', value: 'tea' });
    expect([a.polls, b.polls]).toEqual([3, 3]);
  });

  it('does not poll the branches behind the one that is ready', () => {
    const late = new Gate();

    ready(select({ first: answer('tea'), late }, { biased: true }));

    expect(late.polls).toBe(0);
  });

  it('drops the losers where they wait, before it answers, in order', () => {
    const log: string[] = [];
    function* loser(name: string): Async<void> {
      try {
        yield* pending();
      } finally {
        log.push(name);
      }
    }
    const winner = new Gate();
    const race = byHand(select({ a: loser('a'), winner, b: loser('b') }));
    race.poll();

    winner.open();
    race.poll();

    expect(log).toEqual(['a', 'b']);
  });

  it('does not drop the winner', () => {
    const winner = new Gate();
    winner.open();

    ready(select({ winner }));

    expect(winner.drops).toBe(0);
  });

  it('drops the other losers although one of them fails to be dropped', () => {
    const [clingy, other] = [new Clingy(), new Gate()];
    const race = byHand(select({ clingy, other, winner: answer('tea') }));

    expect(() => race.poll()).toThrow('cannot let go');
    expect(other.drops).toBe(1);
  });

  it('does not drop a loser that was lent', () => {
    const lent = new Gate();

    ready(select({ lent: ref(lent), winner: answer('tea') }, { biased: true }));

    expect(lent.drops).toBe(0);
  });

  it('drops all branches when it is dropped', () => {
    const [a, b] = [new Gate(), new Gate()];
    const race = byHand(select({ a, b }));
    race.poll();

    race.drop();
    race.drop();

    expect([a.drops, b.drops]).toEqual([1, 1]);
  });

  it('throws what a branch throws, and drops the others', async () => {
    const other = new Gate();
    function* fail(): Async<never> {
      yield* sleep(5);
      throw new Error('spilled');
    }

    const outcome = run(function* () {
      yield* select({ other, broken: fail() });
    });

    await expect(outcome).rejects.toThrow('spilled');
    expect(other.drops).toBe(1);
  });

  it('wins once: awaited again it complains', () => {
    const race = byHand(select({ a: answer(1) }));
    race.poll();

    expect(() => race.poll()).toThrow(PolledAfterCompletionError);
  });

  it('names the branch that cannot be awaited', () => {
    const make = () => select({ fine: answer(1), odd: Promise.resolve() as never });

    expect(make).toThrow(NotAFutureError);
    expect(make).toThrow('select() branch odd expects a future, and got a promise');
  });

  it('wakes once for two branches that become ready together', () => {
    const [a, b] = [new Gate(), new Gate()];
    const race = byHand(select({ a, b }));
    race.poll();

    a.open();

    expect(race.wakes).toBe(1);
  });

  it('gives back the lock that a loser was granted', () => {
    const mutex = new Mutex('tea');
    const holder = mutex.tryLock();
    const winner = new Gate();
    const race = byHand(select({ winner, lock: mutex.lock() }, { biased: true }));
    race.poll();

    holder?.[Symbol.dispose]();
    winner.open();
    race.poll();

    expect(mutex.tryLock()?.value).toBe('tea');
  });

  it('loses no message when a receive loses', async () => {
    const received = await run(function* () {
      const [tx, rx] = mpsc.channel<number>(1);
      spawn(produce(tx));
      const got: unknown[] = [];
      while (got.length < 5) {
        const winner = yield* select({ message: rx.recv(), nap: sleep(3) });
        if (winner.branch === 'message') got.push(winner.value);
      }
      return got;
    });

    expect(received).toEqual([0, 1, 2, 3, 4]);
  });

  function* produce(tx: mpsc.Sender<number>): Async<void> {
    for (let i = 0; i < 5; i++) {
      yield* sleep(7);
      yield* tx.send(i);
    }
  }
});

describe('select without bias', () => {
  it('lets every ready branch win now and then', async () => {
    const wins = await run(function* () {
      const count: Record<string, number> = { a: 0, b: 0, c: 0 };
      for (let i = 0; i < 300; i++) {
        const winner = yield* select({ a: answer(0), b: answer(0), c: answer(0) });
        count[winner.branch] = (count[winner.branch] ?? 0) + 1;
      }
      return count;
    });

    for (const branch of ['a', 'b', 'c']) expect(wins[branch]).toBeGreaterThan(60);
  });

  it('goes round the circle from where it starts', async () => {
    const log: string[] = [];
    class Spy extends Future<void> {
      override poll(): Poll<void> {
        log.push(this.label);
        return Pending;
      }
    }
    class A extends Spy {}
    class B extends Spy {}
    class C extends Spy {}
    class StartsAtB extends TokioOrder {
      override firstBranch(): number {
        return 1;
      }
    }

    await run(
      function* () {
        byHand(select({ a: new A(), b: new B(), c: new C() })).poll();
      },
      { choices: new StartsAtB(1) },
    );

    expect(log).toEqual(['B', 'C', 'A']);
  });
});

describe('select without an executor', () => {
  it('starts with the first branch', () => {
    expect(ready(select({ a: answer('tea'), b: answer('coffee') }))).toEqual({ branch: 'a', value: 'tea' });
  });
});

describe('select of one branch', () => {
  it('asks for no choice', async () => {
    const asked: number[] = [];
    class Asked extends TokioOrder {
      override firstBranch(count: number): number {
        asked.push(count);
        return 0;
      }
    }

    await run(
      function* () {
        yield* select({ tea: answer('tea') });
        yield* select({ tea: answer('tea'), coffee: answer('coffee') });
      },
      { choices: new Asked(1) },
    );

    expect(asked).toEqual([2]);
  });
});

describe('select with no budget left', () => {
  it('polls none of its branches, and lets others run once', async () => {
    const log: string[] = [];
    const gate = new Gate();
    gate.open();

    await run(function* () {
      spawn(
        (function* () {
          log.push(`neighbour, after ${gate.polls} polls`);
        })(),
      );
      for (let i = 0; i < TURN_BUDGET; i++) yield* consumeBudget();
      log.push('out of budget');
      yield* select({ gate });
      log.push(`main, after ${gate.polls} polls`);
    });

    expect(log).toEqual(['out of budget', 'neighbour, after 0 polls', 'main, after 1 polls']);
  });
});

describe('the trace of a select', () => {
  async function dropped(branches: () => Record<string, Awaitable<unknown>>): Promise<string[]> {
    const names: string[] = [];
    await run(
      function* () {
        try {
          yield* select(branches(), { biased: true });
        } catch {
          // What a branch has thrown.
        }
      },
      {
        observer: (event) => {
          if (event.kind === 'resource.op' && event.op === 'dropped') names.push(event.branch);
        },
      },
    );
    return names;
  }

  it('tells of the losers that they were dropped', async () => {
    expect(await dropped(() => ({ loser: pending(), tea: answer('tea') }))).toEqual(['loser']);
  });

  it('does not tell that a lent loser was dropped, for it was not', async () => {
    expect(await dropped(() => ({ lent: ref(pending()), tea: answer('tea') }))).toEqual([]);
  });

  it('does not tell that a branch that threw was dropped', async () => {
    function* burn(): Async<void> {
      throw new Error('burnt');
    }

    expect(await dropped(() => ({ loser: pending(), burn: burn() }))).toEqual(['loser']);
  });

  it('names its branches', () => {
    expect(select({ tea: pending(), coffee: pending() }).label).toBe('select(tea, coffee)');
  });
});

describe('select with bias', () => {
  it('takes the first branch that is ready, as they stand', async () => {
    const winners = await run(function* () {
      const seen = new Set<string>();
      for (let i = 0; i < 50; i++) {
        seen.add((yield* select({ never: pending(), a: answer(0), b: answer(0) }, { biased: true })).branch);
      }
      return [...seen];
    });

    expect(winners).toEqual(['a']);
  });
});

describe('a disabled branch', () => {
  it.each([
    ['undefined', undefined],
    ['false', false as const],
  ])('given as %s takes no part', (_, disabled) => {
    expect(ready(select({ disabled, tea: answer('tea') }))).toEqual({ branch: 'tea', value: 'tea' });
  });

  it('by its condition is not polled, and dropped with the losers', () => {
    const gate = new Gate();

    ready(select({ gate: branch(gate, { if: false }), tea: answer('tea') }));

    expect([gate.polls, gate.drops]).toEqual([0, 1]);
  });

  it('by its condition is not disabled when the condition holds', () => {
    expect(ready(select({ tea: branch(answer('tea'), { if: true }) }))).toEqual({ branch: 'tea', value: 'tea' });
  });
});

describe('a branch with a pattern', () => {
  it('wins with a value that matches', () => {
    const race = select({ even: branch(answer(2), { matches: isEven }) });

    expect(ready(race)).toEqual({ branch: 'even', value: 2 });
  });

  it('is out with a value that does not', () => {
    const gate = new Gate<number>();
    const race = byHand(select({ even: branch(answer(1), { matches: isEven }), gate }));
    expect(race.poll()).toBe(Pending);

    gate.open(7);

    expect(race.poll()).toEqual({ branch: 'gate', value: 7 });
  });

  it('drops a value that does not, once', () => {
    let drops = 0;
    const cup = {
      [Symbol.dispose]() {
        drops += 1;
      },
    };
    const race = byHand(
      select({ cup: branch(answer(cup), { matches: (_): _ is typeof cup => false }), never: pending() }),
    );

    race.poll();

    expect(drops).toBe(1);
  });

  it('names itself when it cannot be awaited', () => {
    expect(() => branch(5 as never)).toThrow('branch()');
  });

  it('is not polled again once it is out', () => {
    const odd = new Gate<number>();
    const race = byHand(select({ even: branch(odd, { matches: isEven }), never: pending() }));
    odd.open(1);

    race.poll();
    race.poll();

    expect(odd.polls).toBe(1);
  });
});

describe('when no branch is enabled', () => {
  it('else answers', () => {
    const race = select({ a: undefined, b: branch(pending(), { if: false }) }, { else: () => 'nobody' });

    expect(ready(race)).toEqual({ branch: 'else', value: 'nobody' });
  });

  it('else answers after the last pattern has failed', () => {
    const race = select({ even: branch(answer(1), { matches: isEven }) }, { else: () => 'odd' });

    expect(ready(race)).toEqual({ branch: 'else', value: 'odd' });
  });

  it('and there is no else, that is an error', () => {
    expect(() => ready(select({ a: undefined }))).toThrow(AllBranchesDisabledError);
  });

  it('the disabled branches are dropped all the same', () => {
    const gate = new Gate();

    ready(select({ gate: branch(gate, { if: false }) }, { else: () => 0 }));

    expect(gate.drops).toBe(1);
  });

  it('else is not asked while one may still win', () => {
    const otherwise = vi.fn();
    const race = byHand(select({ never: pending() }, { else: otherwise }));

    expect(race.poll()).toBe(Pending);
    expect(otherwise).not.toHaveBeenCalled();
  });
});

describe('select in a loop', () => {
  it('does not move a timer that is lent', async () => {
    const log: string[] = [];

    await run(function* () {
      const deadline = sleep(25);
      for (;;) {
        const winner = yield* select({ deadline: ref(deadline), tick: sleep(10) });
        log.push(`${now()} ${winner.branch}`);
        if (winner.branch === 'deadline') return;
      }
    });

    expect(log).toEqual(['10 tick', '20 tick', '25 deadline']);
  });
});

describe('a select that ends with an error', () => {
  it('drops the other branches when a match throws', () =>
    run(function* () {
      const mutex = new Mutex('kettle');
      const holder = yield* mutex.lock();
      const picky = branch(answer('tea'), {
        matches: (_: string): _ is string => {
          throw new Error('picky');
        },
      });

      const race = select({ lock: mutex.lock(), picky }, { biased: true });
      const error = yield* errorOf(race);
      holder[Symbol.dispose]();

      expect(error).toEqual(new Error('picky'));
      expect(mutex.tryLock()?.value).toBe('kettle');
    }));

  it('drops the value of the winner when the drop of a loser throws', () =>
    run(function* () {
      const mutex = new Mutex('kettle');
      function* clumsy(): Async<void> {
        try {
          yield* sleep(10);
        } finally {
          // biome-ignore lint/correctness/noUnsafeFinally: dropping it is to fail
          throw new Error('clumsy');
        }
      }

      const error = yield* errorOf(select({ loser: clumsy(), winner: mutex.lock() }, { biased: true }));

      expect(error).toEqual(new Error('clumsy'));
      expect(mutex.tryLock()?.value).toBe('kettle');
    }));

  function* errorOf(future: Future<unknown>): Async<unknown> {
    try {
      return yield* future;
    } catch (error) {
      return error;
    }
  }
});
