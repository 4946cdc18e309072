/**
 * Sleeps, intervals, the budget, and the clock.
 *
 * @module
 */
import {
  advance,
  type Context,
  consumeBudget,
  dropFuture,
  Future,
  type Interval,
  interval,
  Mutex,
  now,
  Pending,
  type Poll,
  pollFuture,
  sleep,
  yieldNow,
} from 'async-lessons';
import { pollOnce, selfWake } from '../../common.ts';
import type { Operation, State } from './world.ts';

/** Asks for the interval at every poll, as Rust's `poll_fn` does: another may have taken its place. */
class Tick extends Future<string> {
  readonly #state: State;
  #of: Interval | undefined = undefined;
  #tick: Future<number> | undefined = undefined;

  constructor(state: State) {
    super();
    this.#state = state;
  }

  override poll(cx: Context): Poll<string> {
    const { interval } = this.#state;
    if (interval === undefined) return 'none';
    if (this.#tick === undefined || this.#of !== interval) {
      this.#of = interval;
      this.#tick = interval.tick();
    }
    const due = pollFuture(this.#tick, cx);
    return due === Pending ? Pending : `${Math.floor(due)}`;
  }
}

export const TIME: Readonly<Record<string, Operation>> = {
  *sleep({ n }) {
    yield* sleep(n(0));
    return 'ok';
  },
  *yield() {
    yield* yieldNow();
    return 'ok';
  },
  *selfwake() {
    yield* selfWake();
    return 'ok';
  },
  *consume({ n }) {
    for (let i = 0; i < n(0); i++) yield* consumeBudget();
    return 'ok';
  },
  *burn({ n }) {
    const m = new Mutex(undefined);
    for (let i = 0; i < n(0); i++) (yield* m.lock())[Symbol.dispose]();
    return 'ok';
  },
  mkinterval({ me, n }) {
    me.interval?.[Symbol.dispose]();
    me.interval = interval(Math.max(1, n(0)), { missedTicks: (['burst', 'delay', 'skip'] as const)[n(1)] ?? 'skip' });
    return 'ok';
  },
  *tick({ me }) {
    return yield* new Tick(me);
  },
  resetiv({ me, n }) {
    if (me.interval === undefined) return 'none';
    if (n(0) === 0) me.interval.reset();
    else if (n(0) === 1) me.interval.resetImmediately();
    else me.interval.resetAfter(n(0));
    return 'ok';
  },
  mksleep({ me, n }) {
    me.sleeps.push(sleep(n(0)));
    return 'ok';
  },
  resetsleep({ me, n }) {
    const top = me.sleeps.at(-1);
    if (top === undefined) return 'none';
    top.reset(now() + n(0));
    return `${top.isElapsed()}`;
  },
  *pollsleep({ me }) {
    const top = me.sleeps.pop();
    if (top === undefined) return 'none';
    const answer = yield* pollOnce(top);
    me.sleeps.push(top);
    return `${answer !== 'pending'}`;
  },
  elapsed({ me }) {
    const top = me.sleeps.at(-1);
    return top === undefined ? 'none' : `${top.isElapsed()} ${Math.floor(top.deadline)}`;
  },
  *awaitsleep({ me }) {
    const top = me.sleeps.pop();
    if (top === undefined) return 'none';
    yield* top;
    return 'ok';
  },
  dropsleep({ me }) {
    const top = me.sleeps.pop();
    if (top !== undefined) dropFuture(top);
    return `${top !== undefined}`;
  },
  *advance({ n }) {
    yield* advance(n(0));
    return 'ok';
  },
};
