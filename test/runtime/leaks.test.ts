/**
 * What is given up leaves nothing behind: after a million rounds of each of these the heap is as
 * small as after the first hundred thousand.
 */
import { describe, expect, it } from 'vitest';
import { inChild } from '../support/in-child.ts';

/** Something that a program may do for days. */
interface Habit {
  /** What lives as long as the program: statements. */
  readonly given?: string;
  /** What it does again and again: statements of an async function. */
  readonly round: string;
  /** How often; a million times unless it is slow. */
  readonly rounds?: number;
}

/** Begins to wait, and gives up. */
const GIVE_UP = `
  const HOUR = 3_600_000;
  function* giveUp(future) { yield* select({ future, other: yieldNow() }, { biased: true }); }
`;

const habits: Record<string, Habit> = {
  'a timeout that never fires': { round: 'yield* timeout(HOUR, yieldNow());' },
  'a timeout that fires': { round: 'try { yield* timeout(0, pending()); } catch {}', rounds: 200_000 },
  'a select whose loser is dropped': { round: 'yield* select({ a: yieldNow(), b: sleep(HOUR) });' },
  'a select with a branch that is lent': {
    given: 'const nap = sleep(HOUR);',
    round: 'yield* select({ a: yieldNow(), b: ref(nap) });',
  },
  'a join': { round: 'yield* join(yieldNow(), yieldNow());' },
  'a task that ends': { round: 'yield* spawn(yieldNow());' },
  'a task that nobody joins': { round: 'spawn(yieldNow()); yield* yieldNow();' },
  'a sleeping task that is aborted': {
    round: 'const nap = spawn(sleep(HOUR)); yield* yieldNow(); nap.abort(); yield* yieldNow();',
    rounds: 200_000,
  },
  'a tick of an interval': {
    given: 'const metronome = interval(1);',
    round: 'yield* metronome.tick();',
  },
  'a tick that nobody waits for to the end': {
    given: 'const metronome = interval(HOUR, { start: HOUR });',
    round: 'yield* giveUp(metronome.tick());',
  },
  'a lock': {
    given: 'const mutex = new Mutex(0);',
    round: 'const guard = yield* mutex.lock(); guard[Symbol.dispose]();',
  },
  'a cancelled lock waiter': {
    given: 'const mutex = new Mutex(0); const guard = mutex.tryLock();',
    round: 'yield* giveUp(mutex.lock());',
  },
  'a lock waiter that is granted, and gives up': {
    given: 'const mutex = new Mutex(0);',
    round: `
      const guard = mutex.tryLock();
      yield* giveUp(join(mutex.lock(), giveBack(guard)));
      function* giveBack(guard) { guard[Symbol.dispose](); yield* pending(); }`,
    rounds: 200_000,
  },
  'a channel created and dropped': {
    round: 'const [tx, rx] = mpsc.channel(1); yield* tx.send(1); tx[Symbol.dispose](); rx[Symbol.dispose]();',
  },
  'an unbounded channel created and dropped': {
    round: 'const [tx, rx] = mpsc.unboundedChannel(); tx.send(1); tx[Symbol.dispose](); yield* rx.recv();',
  },
  'a sender cloned and dropped': {
    given: 'const [tx, rx] = mpsc.channel(1);',
    round: 'tx.clone()[Symbol.dispose](); yield* yieldNow();',
  },
  'a cancelled send': {
    given: 'const [tx, rx] = mpsc.channel(1); tx.trySend(0);',
    round: 'yield* giveUp(tx.send(1));',
  },
  'a cancelled reserve': {
    given: 'const [tx, rx] = mpsc.channel(1); tx.trySend(0);',
    round: 'yield* giveUp(tx.reserve());',
  },
  'a cancelled recv': { given: 'const [tx, rx] = mpsc.channel(1);', round: 'yield* giveUp(rx.recv());' },
  'a cancelled closed()': { given: 'const [tx, rx] = mpsc.channel(1);', round: 'yield* giveUp(tx.closed());' },
  'a oneshot channel created and dropped': {
    round: 'const [tx, rx] = oneshot.channel(); yield* giveUp(tx.closed()); yield* giveUp(rx);',
  },
  'a question with its answer': {
    round: 'const [tx, rx] = oneshot.channel(); spawn((function* () { tx.send(1); })()); yield* rx;',
  },
};

/** By how much the heap grows between a tenth of the rounds and all of them, where nobody observes and where somebody does. */
function growthOf({ given = '', round }: Habit, rounds: number, observedRounds: number): readonly number[] {
  const { out, err } = inChild(
    `
    ${GIVE_UP}
    function* main(rounds) {
      ${given}
      function* habit(times) {
        for (let i = 0; i < times; i++) { ${round} }
      }
      yield* habit(rounds / 10);
      const before = yield* heap();
      yield* habit(rounds - rounds / 10);
      return (yield* heap()) - before;
    }
    // Finalizers run between two turns of the host.
    function* heap() {
      for (let i = 0; i < 3; i++) {
        gc();
        yield* fromPromise(new Promise((resolve) => setImmediate(resolve)));
      }
      gc();
      return process.memoryUsage().heapUsed;
    }
    const clock = 'virtual';
    const growth = [
      await new Runtime({ clock }).blockOn(main(${rounds})),
      await new Runtime({ clock, observer: () => {} }).blockOn(main(${observedRounds})),
    ];
    console.log(JSON.stringify(growth));
    `,
    '--expose-gc',
  );
  if (err !== '') throw new Error(err);
  return JSON.parse(out);
}

describe('nothing is left behind by a million times', () => {
  it.each(Object.entries(habits))('%s', (_, habit) => {
    const [alone = Number.NaN, observed = Number.NaN] = growthOf(habit, habit.rounds ?? 1_000_000, 10_000);
    if (process.env.SHOW) console.log(alone, observed);

    // One field more in each round would be 14 MB, or a fifth of it; code that gets compiled is 0.2 MB.
    expect(alone).toBeLessThan(300_000);
    // What an observer is told takes 75 times as long. One entry of a map in each round would be 1 MB.
    expect(observed).toBeLessThan(750_000);
  });
});
