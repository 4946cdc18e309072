/**
 * An async mutex: one holder at a time, and the rest wait in line.
 *
 * ```text
 *            lock()              released, nobody in line
 *   free ───────────────▶ held ───────────────────────────▶ free
 *                         ▲  │
 *                         └──┘  released, somebody in line:
 *                               handed straight to the oldest
 * ```
 *
 * The lock is never free while somebody waits, so a newcomer cannot slip in between. The price is
 * one trip through the ready queue per hand-over, paid for a rule that fits in one picture.
 *
 * No poisoning: if a holder throws, its guard is disposed like any other, and the next one gets
 * the value as it was left.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import type { Context } from '../context.ts';
import { PolledAfterCompletionError, RuntimeError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind, tracedTask, tracing } from '../resource.ts';
import { Task } from '../task.ts';
import { type Claim, type PermitObserver, Permits } from './permits.ts';

/** A guard was used after it had given the lock back. */
export class GuardDisposedError extends RuntimeError {
  constructor() {
    super('this guard has given its lock back, and the value may be in use elsewhere: lock again');
  }
}

/** What a mutex, its waiters and its guard share. */
class State<T> extends Resource implements PermitObserver {
  value: T;
  readonly permits = new Permits(1, this);

  constructor(value: T) {
    super();
    this.value = value;
  }

  override get kind(): ResourceKind {
    return 'mutex';
  }

  queued(): void {
    tracing()?.op(this, { op: 'contended', permits: 1, available: 0 });
  }

  granted(claim: Claim): void {
    const { waker } = claim;
    tracing()?.granted(this, waker instanceof Task ? waker : undefined, 1);
    waker.wake(this);
  }

  acquired(): MutexGuard<T> {
    tracing()?.op(this, { op: 'acquired', permits: 1, available: 0 });
    return new MutexGuard(this);
  }

  release(holder: Task | undefined): void {
    tracing()?.released(this, holder, 1, 1);
    this.permits.add(1);
  }
}

/**
 * Guards a value that two tasks must not use at the same time, also across a `yield*`.
 *
 * @example
 * ```ts
 * const kettle = new Mutex({ celsius: 20 });
 *
 * using held = yield* kettle.lock();
 * held.value.celsius = 100;
 * kettle.tryLock(); // => undefined
 * ```
 */
export class Mutex<T> {
  readonly #state: State<T>;

  constructor(value: T) {
    this.#state = new State(value);
  }

  /**
   * Waits for the lock. Answers a guard; disposing it releases the lock, and `using` disposes it at
   * the end of the block, also when the block throws or its task is cancelled.
   *
   * **Order:** first come, first served. Releasing hands the lock over and the releaser runs on.
   * **Cancel safety:** the place in line is lost.
   */
  lock(): Future<MutexGuard<T>> {
    return new Lock(this.#state);
  }

  /** Takes the lock if it is free right now, or answers `undefined`. */
  tryLock(): MutexGuard<T> | undefined {
    return this.#state.permits.tryAcquire() ? this.#state.acquired() : undefined;
  }
}

/** The right to use the value, until disposed. */
export class MutexGuard<T> implements Disposable {
  #state: State<T> | undefined;
  readonly #holder = tracedTask();

  /** @internal */
  constructor(state: State<T>) {
    this.#state = state;
  }

  /** The guarded value. @throws {GuardDisposedError} after disposal. */
  get value(): T {
    return this.#held().value;
  }

  set value(value: T) {
    this.#held().value = value;
  }

  /** Gives the lock back. Once is enough; twice does nothing. */
  [Symbol.dispose](): void {
    const state = this.#state;
    this.#state = undefined;
    state?.release(this.#holder);
  }

  #held(): State<T> {
    if (this.#state === undefined) throw new GuardDisposedError();
    return this.#state;
  }
}

class Lock<T> extends Future<MutexGuard<T>> {
  readonly #state: State<T>;
  /** Held from the first `Pending` until we answer or give up. */
  #claim: Claim | undefined = undefined;
  #done = false;

  constructor(state: State<T>) {
    super();
    this.#state = state;
  }

  override get label(): string {
    return 'lock()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  override poll(cx: Context): Poll<MutexGuard<T>> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    if (!mayProceed(cx)) return Pending;
    const { permits } = this.#state;
    if (this.#claim === undefined) {
      if (!permits.tryAcquire()) {
        this.#claim = permits.queue(1, cx);
        return Pending;
      }
    } else if (permits.pollAcquired(this.#claim, cx) === Pending) {
      return Pending;
    }
    this.#claim = undefined;
    this.#done = true;
    spend();
    return this.#state.acquired();
  }

  override drop(): void {
    const claim = this.#claim;
    if (claim === undefined) return;
    this.#claim = undefined;
    tracing()?.op(this.#state, { op: 'abandoned', granted: claim.missing === 0 });
    this.#state.permits.abandon(claim);
  }
}
