/**
 * The right to use what a lock guards, until it is disposed.
 *
 * @module
 */
import { RuntimeError } from '../errors.ts';
import { tracedTask } from '../resource.ts';
import type { Task } from '../task.ts';
import type { Lockable } from './acquire.ts';

/** A guard was used after it had given the lock back. */
export class GuardDisposedError extends RuntimeError {
  constructor() {
    super('this guard has given its lock back, and the value may be in use elsewhere: lock again');
  }
}

/** A lock and what it guards. */
export interface Guarded<T> extends Lockable {
  value: T;
}

/**
 * Holds permits of a lock, and gives them back when disposed. Its constructor is inlined into those below
 * it: see `docs/decisions.md`, "Fields of base classes".
 */
export abstract class Guard<T> implements Disposable {
  declare private held: Guarded<T> | undefined;
  declare private readonly permits: number;
  declare private readonly holder: Task | undefined;

  /**
   * @param permits taken from the lock, and now this guard's.
   * @param heirOf the guard that had them before.
   */
  constructor(lock: Guarded<T>, permits: number, heirOf?: Guard<T>) {
    this.held = lock;
    this.permits = permits;
    this.holder = heirOf === undefined ? tracedTask() : heirOf.holder;
    if (heirOf === undefined) lock.acquired(permits);
  }

  /** The lock. @throws {GuardDisposedError} after disposal. */
  protected get lock(): Guarded<T> {
    if (this.held === undefined) throw new GuardDisposedError();
    return this.held;
  }

  /** Gives back all but so many permits, which somebody else holds from now on. */
  protected releaseAllBut(kept: number): void {
    const lock = this.held;
    this.held = undefined;
    lock?.release(this.permits - kept, this.holder, kept === 0 ? 'released' : 'downgraded');
  }

  /** Gives the lock back. Once is enough; twice does nothing. */
  [Symbol.dispose](): void {
    this.releaseAllBut(0);
  }
}

/** The guard of whoever is alone with the value. */
export abstract class ExclusiveGuard<T> extends Guard<T> {
  /** The guarded value. @throws {GuardDisposedError} after disposal. */
  get value(): T {
    return this.lock.value;
  }

  set value(value: T) {
    this.lock.value = value;
  }
}
