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

const time: Record<string, Habit> = {
  'a timeout that never fires': { round: 'yield* timeout(HOUR, yieldNow());' },
  'a timeout that fires': { round: 'try { yield* timeout(0, pending()); } catch {}', rounds: 200_000 },
  'a tick of an interval': { given: 'const metronome = interval(1);', round: 'yield* metronome.tick();' },
  'a tick that nobody waits for to the end': {
    given: 'const metronome = interval(HOUR, { start: HOUR });',
    round: 'yield* giveUp(metronome.tick());',
  },
};

const tasks: Record<string, Habit> = {
  'a task that ends': { round: 'yield* spawn(yieldNow());' },
  'a task that nobody joins': { round: 'spawn(yieldNow()); yield* yieldNow();' },
  'a sleeping task that is aborted': {
    round: 'const nap = spawn(sleep(HOUR)); yield* yieldNow(); nap.abort(); yield* yieldNow();',
    rounds: 200_000,
  },
  'a member of a JoinSet': {
    given: 'const set = new JoinSet();',
    round: 'set.spawn(yieldNow()); yield* set.joinNext();',
  },
  'a member of a JoinSet that is let go': {
    given: 'const set = new JoinSet();',
    round: 'set.spawn(yieldNow()); set.detachAll(); yield* yieldNow();',
  },
  'a tracked task': {
    given: 'const tracker = new TaskTracker();',
    round: 'tracker.spawn(yieldNow()); yield* giveUp(tracker.wait());',
  },
  'a value of a task': { given: "const USER = new TaskLocal('USER');", round: 'yield* USER.scope(1, yieldNow());' },
};

const combinators: Record<string, Habit> = {
  'a select whose loser is dropped': { round: 'yield* select({ a: yieldNow(), b: sleep(HOUR) });' },
  'a select with a branch that is lent': {
    given: 'const nap = sleep(HOUR);',
    round: 'yield* select({ a: yieldNow(), b: ref(nap) });',
  },
  'a join': { round: 'yield* join(yieldNow(), yieldNow());' },
  'a joinAll': { round: 'yield* joinAll([yieldNow(), yieldNow()]);' },
  'a future in FuturesUnordered': {
    given: 'const futures = new FuturesUnordered([pending()]);',
    round: 'futures.push(yieldNow()); yield* futures.next();',
  },
  'a FuturesUnordered dropped with what is in it': {
    round:
      'const futures = new FuturesUnordered([sleep(HOUR)]); yield* giveUp(futures.next()); futures[Symbol.dispose]();',
    rounds: 200_000,
  },
};

const locks: Record<string, Habit> = {
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
  'a cancelled reader': {
    given: 'const lock = new RwLock(0); const guard = lock.tryWrite();',
    round: 'yield* giveUp(lock.read());',
  },
  'a cancelled writer': {
    given: 'const lock = new RwLock(0); const guard = lock.tryRead();',
    round: 'yield* giveUp(lock.write());',
  },
  'a cancelled acquire that has a part of its permits': {
    given: 'const semaphore = new Semaphore(2);',
    round: 'yield* giveUp(semaphore.acquireMany(3));',
  },
  'a permit split and merged': {
    given: 'const semaphore = new Semaphore(2);',
    round: 'const permit = yield* semaphore.acquireMany(2); permit.merge(permit.split(1)); permit[Symbol.dispose]();',
  },
};

const signals: Record<string, Habit> = {
  'a notified() created and dropped': {
    given: 'const notify = new Notify();',
    round: 'notify.notified()[Symbol.dispose](); yield* yieldNow();',
  },
  'a notified() enabled and dropped': {
    given: 'const notify = new Notify();',
    round: 'using notified = notify.notified(); notified.enable(); yield* yieldNow();',
  },
  'a cancelled notified()': { given: 'const notify = new Notify();', round: 'yield* giveUp(notify.notified());' },
  'a cancelled arrival': { given: 'const barrier = new Barrier(3);', round: 'yield* giveUp(barrier.wait());' },
  'a cancelled getOrInit': {
    given: 'const cell = new OnceCell();',
    round: 'yield* giveUp(cell.getOrInit(() => pending()));',
  },
  'a cancelled wait for somebody else to init': {
    given: 'const cell = new OnceCell(); const busy = spawn(cell.getOrInit(() => pending())); yield* yieldNow();',
    round: 'yield* giveUp(cell.getOrInit(() => pending()));',
  },
  'a cancelled wait for a SetOnce': {
    given: 'const address = new SetOnce();',
    round: 'yield* giveUp(address.wait());',
  },
  'a cancelled cancelled()': {
    given: 'const token = new CancellationToken();',
    round: 'yield* giveUp(token.cancelled());',
  },
  'a child token that is never cancelled': {
    given: 'const token = new CancellationToken();',
    round: 'yield* giveUp(token.childToken().cancelled());',
    rounds: 200_000,
  },
  'a child token that is cancelled': {
    given: 'const token = new CancellationToken();',
    round: 'token.childToken().cancel(); yield* yieldNow();',
  },
};

const channels: Record<string, Habit> = {
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
  'a message': { given: 'const [tx, rx] = mpsc.channel(1);', round: 'yield* tx.send(1); yield* rx.recv();' },
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
    rounds: 500_000,
  },
  'a question with its answer': {
    round: 'const [tx, rx] = oneshot.channel(); spawn((function* () { tx.send(1); })()); yield* rx;',
    rounds: 500_000,
  },
  'a broadcast receiver subscribed and dropped': {
    given: 'const [tx, rx] = broadcast.channel(2);',
    round: 'const other = tx.subscribe(); tx.send(1); yield* other.recv(); other[Symbol.dispose]();',
  },
  'a cancelled recv of a broadcast channel': {
    given: 'const [tx, rx] = broadcast.channel(2);',
    round: 'yield* giveUp(rx.recv());',
  },
  'a cancelled changed()': { given: 'const [tx, rx] = watch.channel(0);', round: 'yield* giveUp(rx.changed());' },
  'a watch receiver subscribed and dropped': {
    given: 'const [tx, rx] = watch.channel(0);',
    round: 'const other = tx.subscribe(); tx.send(1); yield* other.changed(); other[Symbol.dispose]();',
  },
  'a pipe created, used and dropped': {
    round: `
      const [one, other] = duplex(8);
      yield* one.writeAll('tea');
      yield* other.read(new Uint8Array(8));
      one[Symbol.dispose]();
      other[Symbol.dispose]();`,
    rounds: 200_000,
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
  const habits = Object.entries({ ...time, ...tasks, ...combinators, ...locks, ...signals, ...channels });

  it.each(habits)('%s', (_, habit) => {
    const [alone = Number.NaN, observed = Number.NaN] = growthOf(habit, habit.rounds ?? 1_000_000, 10_000);
    if (process.env.SHOW) console.log(alone, observed);

    // One field more in each round would be 14 MB, or a fifth of it; code that gets compiled is 0.3 MB.
    expect(alone).toBeLessThan(700_000);
    // What an observer is told takes 75 times as long. An entry of a map in each round would be 1 MB.
    expect(observed).toBeLessThan(750_000);
  });
});
