/**
 * Small programs, made at random: tasks that sleep, yield, lock, send, receive, race, spawn, abort
 * and panic. What a program does is in its own log, line by line with the time.
 */
import {
  type Async,
  type Awaitable,
  type JoinHandle,
  join,
  Mutex,
  mpsc,
  now,
  oneshot,
  ref,
  select,
  sleep,
  spawn,
  timeout,
  tryJoin,
  yieldNow,
} from 'async-lessons';
import fc from 'fast-check';

/** What a task does, one after the other. `n` is a duration, a channel, a lock or a task. */
export type Step =
  | {
      readonly does: 'sleep' | 'yield' | 'send' | 'trySend' | 'recv' | 'hold' | 'abort' | 'await' | 'throw' | 'signal';
      readonly n: number;
    }
  | {
      readonly does: 'spawn' | 'join' | 'tryJoin' | 'select' | 'limit' | 'lend';
      readonly n: number;
      readonly parts: readonly Step[][];
    };

const leaf = fc.record({
  does: fc.constantFrom('sleep', 'yield', 'send', 'trySend', 'recv', 'hold', 'abort', 'await', 'throw', 'signal'),
  n: fc.nat(7),
}) as fc.Arbitrary<Step>;

const { step } = fc.letrec<{ step: Step }>((tie) => ({
  step: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      does: fc.constantFrom('spawn', 'spawn', 'spawn', 'join', 'tryJoin', 'select', 'limit', 'lend'),
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
