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

const time: Record<string, Habit> = {
  'a timeout that never fires': { round: 'yield* timeout(HOUR, yieldNow());' },
  'a timeout that fires': { round: 'try { yield* timeout(0, pending()); } catch {}', rounds: 300_000 },
  'a tick of an interval': { given: 'const metronome = interval(1);', round: 'yield* metronome.tick();' },
  'a tick that nobody waits for to the end': {
    given: 'const metronome = interval(HOUR, { start: HOUR });',
    round: 'giveUp(metronome.tick());',
  },
};

const tasks: Record<string, Habit> = {
  'a task that ends': { round: 'yield* spawn(yieldNow());' },
  'a task that nobody joins': { round: 'spawn(yieldNow()); yield* yieldNow();' },
  'a sleeping task that is aborted': {
    round: 'const nap = spawn(sleep(HOUR)); yield* yieldNow(); nap.abort(); yield* yieldNow();',
    rounds: 300_000,
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
    round: 'tracker.spawn(yieldNow()); giveUp(tracker.wait()); yield* yieldNow();',
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
    round: 'const futures = new FuturesUnordered([sleep(HOUR)]); giveUp(futures.next()); futures[Symbol.dispose]();',
  },
};

const locks: Record<string, Habit> = {
  'a lock': {
    given: 'const mutex = new Mutex(0);',
    round: 'const guard = yield* mutex.lock(); guard[Symbol.dispose]();',
  },
  'a cancelled lock waiter': {
    given: 'const mutex = new Mutex(0); const guard = mutex.tryLock();',
    round: 'yield* select({ future: mutex.lock(), other: yieldNow() }, { biased: true });',
  },
  'a lock waiter that is granted, and gives up': {
    given: 'const mutex = new Mutex(0);',
    round: `
      const guard = mutex.tryLock();
      const waiter = mutex.lock();
      wait(waiter);
      guard[Symbol.dispose]();
      dropFuture(waiter);`,
  },
  'a cancelled reader': {
    given: 'const lock = new RwLock(0); const guard = lock.tryWrite();',
    round: 'giveUp(lock.read());',
  },
  'a cancelled writer': {
    given: 'const lock = new RwLock(0); const guard = lock.tryRead();',
    round: 'giveUp(lock.write());',
  },
  'a cancelled acquire that has a part of its permits': {
    given: 'const semaphore = new Semaphore(2);',
    round: 'giveUp(semaphore.acquireMany(3));',
  },
  'a permit split and merged': {
    given: 'const semaphore = new Semaphore(2);',
    round: 'const permit = yield* semaphore.acquireMany(2); permit.merge(permit.split(1)); permit[Symbol.dispose]();',
  },
};

const signals: Record<string, Habit> = {
  'a notified() created and dropped': {
    given: 'const notify = new Notify();',
    round: 'notify.notified()[Symbol.dispose]();',
  },
  'a notified() enabled and dropped': {
    given: 'const notify = new Notify();',
    round: 'const notified = notify.notified(); notified.enable(); notified[Symbol.dispose]();',
  },
  'a cancelled notified()': { given: 'const notify = new Notify();', round: 'giveUp(notify.notified());' },
  'a cancelled arrival': { given: 'const barrier = new Barrier(2 ** 40);', round: 'giveUp(barrier.wait());' },
  'a cancelled getOrInit': {
    given: 'const cell = new OnceCell();',
    round: 'giveUp(cell.getOrInit(() => pending()));',
  },
  'a cancelled wait for somebody else to init': {
    given: 'const cell = new OnceCell(); const busy = spawn(cell.getOrInit(() => pending())); yield* yieldNow();',
    round: 'giveUp(cell.getOrInit(() => pending()));',
  },
  'a cancelled wait for a SetOnce': {
    given: 'const address = new SetOnce();',
    round: 'giveUp(address.wait());',
  },
  'a cancelled cancelled()': {
    given: 'const token = new CancellationToken();',
    round: 'giveUp(token.cancelled());',
  },
  'a child token that is never cancelled': {
    given: 'const token = new CancellationToken();',
    round: 'giveUp(token.childToken().cancelled());',
    rounds: 300_000,
  },
  'a drop guard that is disarmed': {
    given: 'const token = new CancellationToken();',
    round: 'token.childToken().dropGuard().disarm();',
  },
  'a child token that is cancelled': {
    given: 'const token = new CancellationToken();',
    round: 'token.childToken().cancel();',
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
    round: 'tx.clone()[Symbol.dispose]();',
  },
  'a weak sender upgraded and dropped': {
    given: 'const [tx, rx] = mpsc.channel(1);',
    round: 'const weak = tx.downgrade(); weak.upgrade()[Symbol.dispose](); weak[Symbol.dispose]?.();',
  },
  'a message': { given: 'const [tx, rx] = mpsc.channel(1);', round: 'yield* tx.send(1); yield* rx.recv();' },
  'a cancelled send': {
    given: 'const [tx, rx] = mpsc.channel(1); tx.trySend(0);',
    round: 'giveUp(tx.send(1));',
  },
  'a cancelled reserve': {
    given: 'const [tx, rx] = mpsc.channel(1); tx.trySend(0);',
    round: 'giveUp(tx.reserve());',
  },
  'a cancelled recv': { given: 'const [tx, rx] = mpsc.channel(1);', round: 'giveUp(rx.recv());' },
  'a cancelled closed()': { given: 'const [tx, rx] = mpsc.channel(1);', round: 'giveUp(tx.closed());' },
  'a oneshot channel created and dropped': {
    round: 'const [tx, rx] = oneshot.channel(); giveUp(tx.closed()); giveUp(rx);',
  },
  'a question with its answer': {
    round: 'const [tx, rx] = oneshot.channel(); spawn((function* () { tx.send(1); })()); yield* rx;',
    rounds: 300_000,
  },
  'a broadcast receiver subscribed and dropped': {
    given: 'const [tx, rx] = broadcast.channel(2);',
    round: 'const other = tx.subscribe(); tx.send(1); yield* other.recv(); other[Symbol.dispose]();',
  },
  'a cancelled recv of a broadcast channel': {
    given: 'const [tx, rx] = broadcast.channel(2);',
    round: 'giveUp(rx.recv());',
  },
  'a cancelled changed()': { given: 'const [tx, rx] = watch.channel(0);', round: 'giveUp(rx.changed());' },
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
    rounds: 300_000,
  },
};

/** A program that grows a habit, and answers by how much the heap grew after the first rounds. */
const programs = `
  const HOUR = 3_600_000;
  const ENOUGH = 300_000;
  class Nobody extends Waker { wake() {} }
  function wait(future) {
    if (pollFuture(future, new Context(new Nobody())) !== Pending) throw new Error('it did not wait');
  }
  function giveUp(future) {
    wait(future);
    dropFuture(future);
  }
  function* growth(habit, first, rounds) {
    yield* habit(first);
    let least = Infinity;
    // What leaks grows each time; what the engine has put off for later does not.
    for (let tries = 0; tries < 3 && least > ENOUGH; tries++) {
      const before = yield* heap();
      yield* habit(rounds - first);
      least = Math.min(least, (yield* heap()) - before);
    }
    return least;
  }
  function* heap() {
    for (let i = 0; i < 3; i++) {
      gc();
      yield* hostTurn();
    }
    gc();
    return process.memoryUsage().heapUsed;
  }
  // What is weak is held to the end of a turn.
  function hostTurn() {
    return fromPromise(new Promise((resolve) => setImmediate(resolve)));
  }
`;

function program({ given = '', round }: Habit): string {
  return `function* () {
    ${given}
    return function* (times) {
      for (let i = 0; i < times; i++) {
        if (i % 1000 === 0) yield* hostTurn();
        ${round}
      }
    };
  }`;
}

/** What a process of its own says, as JSON. */
function inChildWithGc(script: string): unknown {
  const { out, err } = inChild(programs + script, '--expose-gc');
  if (err !== '') throw new Error(err);
  return JSON.parse(out);
}

/** By how much the heap grows between a tenth of the rounds and all of them. */
function growthOf(habit: Habit, rounds: number): unknown {
  return inChildWithGc(`
    function* main() {
      return yield* growth(yield* (${program(habit)})(), ${rounds / 10}, ${rounds});
    }
    console.log(await new Runtime({ clock: 'virtual' }).blockOn(main()));
  `);
}

/** The same while somebody looks on, of one habit after the other: that takes 50 times as long. */
function observedGrowthsOf(habits: readonly [string, Habit][], rounds: number): unknown {
  return inChildWithGc(`
    const growths = {};
    function* main(name, begin) {
      growths[name] = yield* growth(yield* begin(), ${rounds / 10}, ${rounds});
    }
    const observer = () => {};
    for (const [name, begin] of [${habits.map(([name, habit]) => `['${name}', ${program(habit)}]`)}]) {
      await new Runtime({ clock: 'virtual', observer }).blockOn(main(name, begin));
    }
    console.log(JSON.stringify(growths));
  `);
}

describe.each(Object.entries({ time, tasks, combinators, locks, signals, channels }))(
  '%s: nothing is left',
  (_, group) => {
    const habits = Object.entries(group);

    it.each(habits)('of a million times: %s', (_, habit) => {
      const growth = growthOf(habit, habit.rounds ?? 1_000_000);

      // One field more in each round would be 7 MB; code that gets compiled is 0.3 MB.
      expect(growth).toBeLessThan(700_000);
    });

    it('of thousands of times while somebody observes', () => {
      const growths = observedGrowthsOf(habits, 3_000);

      const grown = Object.entries(growths as object).filter(([, growth]) => growth > 350_000);
      expect(grown).toEqual([]);
    });
  },
);
