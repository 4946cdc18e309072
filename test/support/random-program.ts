/**
 * Small programs, made at random: tasks that sleep, yield, lock, send, receive, notify, race, spawn,
 * abort and panic. What a program does is in its own log, line by line with the time.
 */
import {
  type Async,
  type Awaitable,
  Barrier,
  broadcast,
  CancellationToken,
  type JoinHandle,
  JoinSet,
  join,
  joinAll,
  Mutex,
  mpsc,
  Notify,
  now,
  OnceCell,
  oneshot,
  RwLock,
  ref,
  Semaphore,
  select,
  sleep,
  spawn,
  timeout,
  tryJoin,
  watch,
  yieldNow,
} from 'async-lessons';
import fc from 'fast-check';

const LEAVES = [
  ...(['sleep', 'yield', 'send', 'trySend', 'recv', 'hold', 'abort', 'await', 'throw', 'signal'] as const),
  ...(['acquire', 'read', 'write', 'notify', 'notified', 'arrive', 'init', 'cancel', 'cancelled'] as const),
  ...(['publish', 'changed', 'tell', 'hear', 'joinNext'] as const),
];

/** What a task does, one after the other. `n` is a duration, a channel, a lock or a task. */
export type Step =
  | { readonly does: (typeof LEAVES)[number]; readonly n: number }
  | {
      readonly does: 'spawn' | 'join' | 'tryJoin' | 'joinAll' | 'select' | 'limit' | 'lend' | 'enlist';
      readonly n: number;
      readonly parts: readonly Step[][];
    };

const leaf: fc.Arbitrary<Step> = fc.record({ does: fc.constantFrom(...LEAVES), n: fc.nat(7) });

const { step } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      does: fc.constantFrom(
        ...(['spawn', 'spawn', 'spawn', 'enlist'] as const),
        ...(['join', 'tryJoin', 'joinAll', 'select', 'limit', 'lend'] as const),
      ),
      n: fc.nat(7),
      parts: fc.array(fc.array(tie('step'), { maxLength: 5 }), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Step>,
  ),
}));

/** The steps of a main future. */
export const programs: fc.Arbitrary<Step[]> = fc.array(step, { minLength: 1, maxLength: 10 });

/** One run of a program: what all its tasks share. */
class World {
  readonly log: string[] = [];
  readonly handles: JoinHandle<unknown>[] = [];
  readonly locks = [new Mutex(0), new Mutex(0)];
  readonly channels = [mpsc.channel<string>(1), mpsc.channel<string>(2)];
  readonly semaphore = new Semaphore(2);
  readonly book = new RwLock(0);
  readonly bell = new Notify();
  readonly barrier = new Barrier(2);
  readonly cell = new OnceCell<string>();
  readonly token = new CancellationToken();
  readonly child = this.token.childToken();
  readonly news = watch.channel('');
  readonly radio = broadcast.channel<string>(2);
  readonly crew = new JoinSet<string>();
  readonly signals = [oneshot.channel<string>(), oneshot.channel<string>()];

  say(who: string, what: string): void {
    this.log.push(`${now()} ${who} ${what}`);
  }
}

function at<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

function* perform(world: World, who: string, plan: readonly Step[]): Async<string> {
  try {
    for (const [i, step] of plan.entries()) {
      const what = `${i} ${step.does}`;
      world.say(who, what);
      world.say(who, `${what} ${yield* act(world, `${who}.${i}`, step)}`);
    }
    return who;
  } finally {
    world.say(who, 'over');
  }
}

function* act(world: World, who: string, step: Step): Async<unknown> {
  const { does, n } = step;
  const [tx, rx] = at(world.channels, n);
  const part = (i: number): Awaitable<string> =>
    perform(world, `${who}/${i}`, 'parts' in step ? at(step.parts, i) : []);
  switch (does) {
    case 'sleep':
      return yield* sleep(n);
    case 'yield':
      return yield* yieldNow();
    case 'send':
      return yield* tx.send(who);
    case 'trySend':
      return said(() => tx.trySend(who));
    case 'recv':
      return yield* rx.recv();
    case 'hold': {
      using guard = yield* at(world.locks, n).lock();
      guard.value += 1;
      yield* sleep(n);
      return guard.value;
    }
    case 'acquire': {
      using permit = yield* world.semaphore.acquireMany(1 + (n % 3));
      yield* sleep(n);
      return permit.numPermits;
    }
    case 'read': {
      using guard = yield* world.book.read();
      yield* sleep(n);
      return guard.value;
    }
    case 'write': {
      using guard = yield* world.book.write();
      guard.value += 1;
      yield* sleep(n);
      if (n % 2 === 0) return guard.value;
      using reader = guard.downgrade();
      yield* sleep(1);
      return reader.value;
    }
    case 'notify':
      if (n < 3) return world.bell.notifyWaiters();
      return n === 3 ? world.bell.notifyLast() : world.bell.notifyOne();
    case 'notified':
      return yield* world.bell.notified();
    case 'arrive':
      return (yield* world.barrier.wait()).isLeader();
    case 'init':
      return yield* heard(world.cell.getOrInit(() => initialize(who, n)));
    case 'cancel':
      return at([world.child, world.token, undefined], n)?.cancel();
    case 'cancelled':
      return yield* at([world.child, world.token], n).cancelled();
    case 'publish':
      return world.news[0].send(who);
    case 'changed':
      yield* world.news[1].changed();
      return world.news[1].borrowAndUpdate();
    case 'tell':
      return world.radio[0].send(who);
    case 'hear':
      return yield* heard(world.radio[1].recv());
    case 'joinNext':
      return yield* heard(world.crew.joinNext());
    case 'enlist':
      world.crew.spawn(part(0), { name: who });
      return n === 0 ? world.crew.abortAll() : undefined;
    case 'joinAll':
      return yield* heard(joinAll([part(0), part(1), part(2)]));
    case 'signal':
      return said(() => at(world.signals, n)[0].send(who));
    case 'abort':
      return world.handles.length === 0 ? undefined : at(world.handles, n).abort();
    case 'await':
      return yield* heard(ref(world.handles.length === 0 ? at(world.signals, n)[1] : at(world.handles, n)));
    case 'throw':
      if (n > 1) return undefined;
      throw new Error(`${who} threw`);
    case 'spawn':
      world.handles.push(spawn(part(0), { name: who }));
      return undefined;
    case 'join':
      return yield* heard(join(part(0), part(1)));
    case 'tryJoin':
      return yield* heard(tryJoin(part(0), part(1), part(2)));
    case 'select':
      return (yield* select({ a: part(0), b: part(1), nap: sleep(n) })).branch;
    case 'limit':
      return yield* heard(timeout(n, part(0)));
    case 'lend': {
      const lent = part(0);
      const { branch } = yield* select({ lent: ref(lent), nap: sleep(n) });
      return branch === 'lent' ? branch : yield* heard(lent);
    }
    default:
      return does satisfies never;
  }
}

function* initialize(who: string, n: number): Async<string> {
  yield* sleep(n);
  if (n === 1) throw new Error(`${who} made nothing`);
  return who;
}

function said(tryIt: () => void): string {
  try {
    tryIt();
    return 'done';
  } catch (error) {
    return String(error);
  }
}

function* heard(future: Awaitable<unknown>): Async<unknown> {
  try {
    return yield* future;
  } catch (error) {
    return String(error);
  }
}

/** The main future of a program, and the log that it will write. */
export function programOf(plan: readonly Step[]): {
  readonly main: () => Async<string>;
  readonly log: readonly string[];
} {
  const world = new World();
  return { main: () => perform(world, 'main', plan), log: world.log };
}
