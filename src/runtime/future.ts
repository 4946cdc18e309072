/**
 * The contract everything else keeps: a future is asked, and answers a value or `Pending`.
 *
 * ```text
 *                      poll(cx)
 *   nobody cooked yet ──────────▶ Pending ──▶ … woken, polled again … ──▶ value
 *          │                         │
 *          └────────── drop() ◀──────┘      it leaves every line it stood in
 * ```
 *
 * A generator keeps the same contract with other words: calling it runs nothing,
 * `next()` is poll, `{ done: false }` is `Pending`, `{ done: true, value }` is the
 * value, and `return()` is drop. So an async function is a plain `function*`, and
 * `yield*` is `.await`:
 *
 * | Rust                         | here                              |
 * | ---------------------------- | --------------------------------- |
 * | `async fn make_tea() -> Tea` | `function* makeTea(): Async<Tea>` |
 * | `boil().await`               | `yield* boil()`                   |
 *
 * @module
 */
import { type Context, current, enter, leave, tracerOf, tracing } from './context.ts';
import { NotAFutureError, OutsideRuntimeError, UnawaitedYieldError } from './errors.ts';
import type { Resource } from './resource.ts';
import type { Task } from './task.ts';

/** What a poll answers when there is no value yet. */
export const Pending: unique symbol = Symbol('Pending');

/** The type of {@link Pending}. */
export type Pending = typeof Pending;

/** The answer to one poll, with no box around the value. */
export type Poll<T> = T | Pending;

declare const suspended: unique symbol;

/**
 * What comes out of a generator while it is pending, as the compiler sees it: nothing that a
 * program could yield by itself. The value is {@link Pending}.
 */
export interface Suspended {
  readonly [suspended]: never;
}

/**
 * An async function's return type: `function* makeTea(): Async<Tea>`.
 *
 * Such a function awaits with `yield*`. A plain `yield` of anything does not compile,
 * because only `yield*` waits.
 */
export type Async<T> = Generator<Suspended, T, void>;

/** Anything that can be awaited: a {@link Future} or what an async function returned. */
export type Awaitable<T> = Future<T> | Async<T>;

/** What an awaitable answers in the end. */
export type Output<F> = F extends Awaitable<infer T> ? T : never;

// A symbol would lose its name where the compiler infers the type of a generator, so it wears another.
const SUSPENDED = Pending as unknown as Suspended;
const PENDING: IteratorYieldResult<Suspended> = Object.freeze({ done: false, value: SUSPENDED });
/** The answer of every wait that answers nothing: one object for all saves an allocation at each `yieldNow`. */
const READY: IteratorReturnResult<undefined> = Object.freeze({ done: true, value: undefined });

/**
 * A wait written by hand: the leaf at the bottom of every chain of `yield*`.
 *
 * Implement {@link poll}; implement {@link drop} if the future stands in a line, holds a timer
 * or has been granted something. A future does nothing until it is polled.
 *
 * @example
 * ```ts
 * class Countdown extends Future<string> {
 *   left = 2;
 *   poll(cx: Context): Poll<string> {
 *     if (this.left === 0) return 'liftoff';
 *     this.left -= 1;
 *     cx.waker.wake(); // Without this line nobody would ever poll us again.
 *     return Pending;
 *   }
 * }
 * yield* new Countdown(); // => 'liftoff'
 * ```
 */
export abstract class Future<T> implements Disposable {
  constructor() {
    tracing()?.futureMade(this);
  }

  /**
   * Tries to make progress. Answers the value, or `Pending` after having arranged that
   * `cx.waker` is woken when another try is worth it. Of several polls only the last
   * context counts: the future may have moved to another task.
   */
  abstract poll(cx: Context): Poll<T>;

  /** Gives up: leaves the line, disarms the timer, hands back what was granted. Idempotent. */
  drop(): void {}

  /** How traces and errors call this wait, for example `sleep(2s)`. Built only when asked for. */
  get label(): string {
    return this.constructor.name;
  }

  /** The timer, lock, channel, socket or task that this future waits for, if it is one of the runtime's. */
  get awaited(): Resource | Task | undefined {
    return undefined;
  }

  /** Is it worth having without being awaited, as a join handle is? @internal */
  get mayBeIgnored(): boolean {
    return false;
  }

  /** `using` drops. */
  [Symbol.dispose](): void {
    tracing()?.futureDropped(this);
    this.drop();
  }

  /** A future is its own iterator, so `yield* future` polls it with no object in between. */
  [Symbol.iterator](): { next(): IteratorResult<Suspended, T> } {
    return this;
  }

  /** Poll, in the words of a generator. */
  next(): IteratorResult<Suspended, T> {
    if (current === undefined) throw new OutsideRuntimeError(`yield* ${this.label}`);
    // What pollFuture does, but for the question what `this` is: it is asked at every await.
    const value = tracing() === undefined ? this.poll(current) : pollFuture<T>(this, current);
    if (value === Pending) return PENDING;
    return value === undefined ? (READY as IteratorReturnResult<T>) : { done: true, value };
  }

  /** Drop, in the words of a generator. */
  return(): IteratorResult<Suspended, T> {
    dropFuture(this);
    return { done: true, value: undefined as T };
  }

  throw(error: unknown): IteratorResult<Suspended, T> {
    dropFuture(this);
    throw error;
  }
}

/**
 * Polls any awaitable under a context. Everything that polls goes through here: a task its
 * root, `yield*` its leaf, `select` its branches.
 *
 * @example
 * ```ts
 * class Nap extends Future<string> {
 *   readonly inner = sleep(5);
 *   poll(cx: Context): Poll<string> {
 *     return pollFuture(this.inner, cx) === Pending ? Pending : 'slept';
 *   }
 * }
 * yield* new Nap(); // => 'slept'
 * ```
 *
 * @throws what the future throws; {@link UnawaitedYieldError} is thrown *into* a generator that
 *   yields anything but `Pending`.
 */
export function pollFuture<T>(future: Awaitable<T>, cx: Context): Poll<T> {
  const tracer = tracerOf(cx.executor);
  if (tracer === undefined) {
    return future instanceof Future ? future.poll(cx) : pollGenerator(future, cx);
  }
  const mark = tracer.awaitMark();
  let pending = false;
  try {
    const answer = future instanceof Future ? future.poll(cx) : pollGenerator(future, cx);
    pending = answer === Pending;
    return answer;
  } finally {
    // Also when it threw: it was polled, and nobody waits for what it waited for.
    tracer.futurePolled(future, pending, mark);
  }
}

function pollGenerator<T>(generator: Async<T>, cx: Context): Poll<T> {
  // A task has entered its own context already, and most polls are of a task.
  if (cx === current) return resume(generator);
  const previous = enter(cx);
  try {
    return resume(generator);
  } finally {
    leave(previous);
  }
}

/** Polls a generator whose context is current. */
export function resume<T>(generator: Async<T>): Poll<T> {
  const step = generator.next();
  if (step.done) return step.value;
  return step.value === SUSPENDED ? Pending : correct(generator, step.value);
}

/**
 * `yield 5`, or `yield sleep(1)` without its star. Thrown into the generator, so that the slip
 * surfaces where it was made and `finally` blocks run.
 */
function correct<T>(generator: Async<T>, yielded: unknown): Poll<T> {
  let value = yielded;
  for (let slips = 1; ; slips++) {
    const error = new UnawaitedYieldError(value);
    if (slips > MOST_SLIPS) throw error; // It catches them all, and would never let go of the thread.
    const step = generator.throw(error);
    if (step.done) return step.value;
    if (step.value === SUSPENDED) return Pending;
    value = step.value;
  }
}

/**
 * Drops any awaitable: what it waits for is given up, its `finally` and `using` run, latest first.
 * A future that has answered or was dropped before is left alone.
 */
export function dropFuture(future: Awaitable<unknown>): void {
  if (future instanceof Future) {
    const executor = current?.executor;
    executor?.tracer?.futureDropped(future);
    if (executor?.autopsy === undefined) future.drop();
    else executor.autopsy.drop(future);
    return;
  }
  let step = future.return(undefined as never);
  for (let tries = 0; !step.done && tries < DEEPEST_FINALLY; tries++) {
    // A `finally` that awaits. Nobody will poll it again, so it is told, and cut short.
    step = future.throw(new UnawaitedYieldError(step.value, 'dropped'));
  }
}

/** How many plain `yield`s one poll may make and catch. */
const MOST_SLIPS = 100;

/** How many nested `finally` blocks of one function may catch that they were cut short, and await again. */
const DEEPEST_FINALLY = 100;

/** Drops several futures, in their order. See {@link dropEach}. */
export function dropAll(futures: Iterable<Awaitable<unknown>>): void {
  dropEach(futures, dropFuture);
}

/** Drops several things. If one throws the rest are dropped all the same; then the first error is thrown. */
export function dropEach<T>(things: Iterable<T>, dropOne: (thing: T) => void): void {
  let failed: { readonly error: unknown } | undefined;
  for (const thing of things) {
    try {
      dropOne(thing);
    } catch (error) {
      failed ??= { error };
    }
  }
  if (failed !== undefined) throw failed.error;
}

/** Drops while an error is on its way: one that the drop throws must not take its place. */
export function dropQuietly(dropIt: () => void): void {
  try {
    dropIt();
  } catch {
    // The first error is the one to hear of.
  }
}

/** What every generator of this realm inherits from. */
const GENERATOR: object = Object.getPrototypeOf(function* () {}.prototype);

/** Answers `value` if it can be awaited. @throws {NotAFutureError} that names the likely slip. */
export function asFuture<F>(value: F, where: string): F & Awaitable<Output<F>> {
  if (value instanceof Future || isGenerator(value)) return value as F & Awaitable<Output<F>>;
  throw new NotAFutureError(value, where);
}

/** Tells what an async function returned from other values. */
export function isGenerator(value: unknown): value is Async<unknown> {
  // By its prototype, or, from another realm, by its methods.
  return (
    Object.prototype.isPrototypeOf.call(GENERATOR, value as object) ||
    (typeof value === 'object' &&
      value !== null &&
      typeof (value as Generator).next === 'function' &&
      typeof (value as Generator).return === 'function' &&
      typeof (value as Generator).throw === 'function' &&
      !(Symbol.asyncIterator in value))
  );
}
