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
import type { Future } from '../future.ts';
import type { Resource, ResourceKind } from '../resource.ts';
import { Acquire, Lockable } from './acquire.ts';
import { ExclusiveGuard } from './guard.ts';

/** What a mutex, its waiters and its guard share. */
class State<T> extends Lockable {
  value: T;

  constructor(value: T) {
    super(1);
    this.value = value;
  }

  override get kind(): ResourceKind {
    return 'mutex';
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
    return this.#state.permits.tryAcquire() ? new MutexGuard(this.#state) : undefined;
  }
}

/** The right to use the value, until disposed. */
export class MutexGuard<T> extends ExclusiveGuard<T> {
  /** @internal */
  constructor(state: State<T>) {
    super(state, 1);
  }
}

class Lock<T> extends Acquire<MutexGuard<T>> {
  readonly #state: State<T>;

  constructor(state: State<T>) {
    super(state.permits, 1);
    this.#state = state;
  }

  override get label(): string {
    return 'lock()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  protected override use(): MutexGuard<T> {
    return new MutexGuard(this.#state);
  }
}
