/**
 * A number of permits: so many may be at it at the same time, and the rest wait in line.
 *
 * ```text
 *   3 permits   ┌───┐┌───┐┌───┐        the line:   B(2)  C(1)
 *               │ A ││ A ││   │                     │     └─ waits, although one permit would do
 *               └───┘└───┘└───┘                     └─────── has the free one already, needs one more
 * ```
 *
 * Whoever is first in line collects permits as they come until it has enough. Nobody behind it
 * gets any before, so a big request is not starved by small ones.
 *
 * @module
 */

import { tracing } from '../context.ts';
import { InvalidOptionError, RuntimeError } from '../errors.ts';
import type { Future } from '../future.ts';
import { type Resource, type ResourceKind, tracedTask } from '../resource.ts';
import type { Task } from '../task.ts';
import { Acquire, Lockable } from './acquire.ts';
import { UsedAfterDropError } from './channel-errors.ts';

/** How many permits a semaphore may have. Tokio allows 2⁶¹ - 1; this is as far as whole numbers are exact. */
const MOST_PERMITS = Number.MAX_SAFE_INTEGER;

/** The semaphore is closed: there will never be another permit. */
export class AcquireError extends RuntimeError {
  constructor() {
    super('semaphore closed');
  }
}

/** `tryAcquire` got no permit right now, or never will. */
export class TryAcquireError extends RuntimeError {
  readonly #why: 'no permits' | 'closed';

  /** @internal */
  constructor(why: 'no permits' | 'closed') {
    super(why === 'closed' ? 'semaphore closed' : 'no permits available');
    this.#why = why;
  }

  /** Too few are free right now, or others wait for them. */
  isNoPermits(): boolean {
    return this.#why === 'no permits';
  }

  /** There will never be another one. */
  isClosed(): boolean {
    return this.#why === 'closed';
  }
}

class State extends Lockable {
  readonly #made: number;

  constructor(permits: number) {
    super(permits);
    this.#made = permits;
  }

  override get kind(): ResourceKind {
    return 'semaphore';
  }

  override get detail(): string {
    return this.#made === 1 ? '1 permit' : `${this.#made} permits`;
  }
}

/**
 * Limits how many do something at the same time: connections, requests in flight, open files.
 *
 * @example
 * ```ts
 * const stove = new Semaphore(2);
 * {
 *   using kettle = yield* stove.acquire();
 *   using pan = yield* stove.acquire();
 *   stove.availablePermits; // => 0
 * }
 * stove.availablePermits; // => 2
 * ```
 */
export class Semaphore {
  readonly #state: State;

  /** @throws {InvalidOptionError} unless `permits` is a whole number from 0 on. */
  constructor(permits: number) {
    this.#state = new State(wholeNumber('new Semaphore()', permits));
  }

  /** How many permits are free. 0 while somebody waits. */
  get availablePermits(): number {
    return this.#state.permits.available;
  }

  /**
   * Waits for a permit.
   *
   * **Order:** first come, first served. **Cancel safety:** the place in line is lost.
   *
   * @throws {AcquireError} from `yield*`, if the semaphore is closed.
   */
  acquire(): Future<SemaphorePermit> {
    return new AcquirePermits(this.#state, 1, 'acquire()');
  }

  /**
   * Waits for several permits at once. While it is first in line it keeps those that it has got so
   * far, and nobody behind it gets one. More than there ever are is waited for until some are added.
   *
   * **Order:** first come, first served. **Cancel safety:** the place in line is lost; the permits
   * it had got so far go to those behind it.
   *
   * @throws {AcquireError} from `yield*`, if the semaphore is closed.
   * @throws {InvalidOptionError} unless `permits` is a whole number from 0 on.
   */
  acquireMany(permits: number): Future<SemaphorePermit> {
    return new AcquirePermits(this.#state, wholeNumber('acquireMany()', permits), `acquireMany(${permits})`);
  }

  /** Takes a permit if one is free and nobody waits. @throws {TryAcquireError} if not. */
  tryAcquire(): SemaphorePermit {
    return this.tryAcquireMany(1);
  }

  /**
   * Takes several permits if they are free and nobody waits.
   *
   * @throws {TryAcquireError} if not.
   * @throws {InvalidOptionError} unless `permits` is a whole number from 0 on.
   */
  tryAcquireMany(permits: number): SemaphorePermit {
    const count = wholeNumber('tryAcquireMany()', permits);
    const state = this.#state;
    if (state.permits.closed) throw new TryAcquireError('closed');
    if (!state.permits.tryAcquire(count)) throw new TryAcquireError('no permits');
    return newPermit(state, count);
  }

  /**
   * Makes new permits: for those in line first, in their order.
   *
   * @throws {InvalidOptionError} unless `permits` is a whole number from 0 on.
   */
  addPermits(permits: number): void {
    const state = this.#state;
    const available = state.permits.available + wholeNumber('addPermits()', permits);
    wholeNumber('addPermits()', available);
    tracing()?.op(state, { op: 'added', permits, available });
    state.permits.add(permits);
  }

  /**
   * Takes up to so many free permits away for good. Answers how many: those that are held or
   * promised to somebody in line stay.
   *
   * @example
   * ```ts
   * const stove = new Semaphore(3);
   * using pan = yield* stove.acquire();
   * stove.forgetPermits(5); // => 2
   * ```
   *
   * @throws {InvalidOptionError} unless `permits` is a whole number from 0 on.
   */
  forgetPermits(permits: number): number {
    const state = this.#state;
    const forgotten = state.permits.forget(wholeNumber('forgetPermits()', permits));
    tracing()?.op(state, { op: 'forgotten', permits: forgotten, available: state.permits.available });
    return forgotten;
  }

  /**
   * No more permits for anybody: those in line are woken, first come first, and get an
   * {@link AcquireError}. Permits that are held stay good.
   */
  close(): void {
    const state = this.#state;
    if (state.permits.closed) return;
    tracing()?.op(state, { op: 'closed', by: 'us' });
    state.permits.close(({ waker }) => waker.wake(state));
  }

  /** Was it closed? */
  isClosed(): boolean {
    return this.#state.permits.closed;
  }
}

/**
 * One or more permits, until disposed. It may go to another task, be split and merged.
 *
 * @example
 * ```ts
 * const stove = new Semaphore(3);
 * const all = yield* stove.acquireMany(3);
 * const one = all.split(1);
 * [all.numPermits, one?.numPermits]; // => [2, 1]
 * one?.[Symbol.dispose]();
 * stove.availablePermits; // => 1
 * all.forget(); // These two never come back.
 * stove.availablePermits; // => 1
 * ```
 */
export class SemaphorePermit implements Disposable {
  readonly #state: State;
  /** 0 once it has given back or handed on what it had. */
  #count: number;
  #dropped = false;
  readonly #holder: Task | undefined;

  /** @internal */
  constructor(state: State, count: number, holder: Task | undefined) {
    this.#state = state;
    this.#count = count;
    this.#holder = holder;
  }

  /** How many permits these are. */
  get numPermits(): number {
    return this.#count;
  }

  /** Never gives them back: the semaphore has so many fewer from now on. */
  forget(): void {
    const count = this.#take();
    if (count === 0) return;
    // For the trace it is given back and forgotten: whoever held it holds it no more.
    const { available } = this.#state.permits;
    tracing()?.released(this.#state, this.#holder, count, available);
    tracing()?.op(this.#state, { op: 'forgotten', permits: count, available });
  }

  /**
   * Takes over the permits of another one, which is used up by that.
   *
   * @throws {InvalidOptionError} if they are not of the same semaphore.
   */
  merge(other: SemaphorePermit): void {
    if (!(other instanceof SemaphorePermit) || other.#state !== this.#state || other === this) {
      throw new InvalidOptionError('merge()', 'another permit of the same semaphore', other);
    }
    if (this.#dropped) throw new UsedAfterDropError('permit');
    this.#count += other.#take();
  }

  /**
   * Makes a permit of its own of `count` of them, or answers `undefined` if there are not so many.
   *
   * @throws {InvalidOptionError} unless `count` is a whole number from 0 on.
   */
  split(count: number): SemaphorePermit | undefined {
    if (wholeNumber('split()', count) > this.#count) return undefined;
    this.#count -= count;
    return new SemaphorePermit(this.#state, count, this.#holder);
  }

  /** Gives them back: to those in line first. Once is enough; twice does nothing. */
  [Symbol.dispose](): void {
    const count = this.#take();
    if (count > 0) this.#state.release(count, this.#holder);
  }

  #take(): number {
    const count = this.#count;
    this.#count = 0;
    this.#dropped = true;
    return count;
  }
}

function newPermit(state: State, count: number): SemaphorePermit {
  state.acquired(count);
  return new SemaphorePermit(state, count, tracedTask());
}

class AcquirePermits extends Acquire<SemaphorePermit> {
  readonly #state: State;
  readonly #count: number;
  readonly #label: string;

  constructor(state: State, count: number, label: string) {
    super(state.permits, count);
    this.#state = state;
    this.#count = count;
    this.#label = label;
  }

  override get label(): string {
    return this.#label;
  }

  override get awaited(): Resource {
    return this.#state;
  }

  protected override use(): SemaphorePermit {
    return newPermit(this.#state, this.#count);
  }

  protected override refuse(): never {
    throw new AcquireError();
  }
}

function wholeNumber(where: string, permits: number): number {
  if (Number.isInteger(permits) && permits >= 0 && permits <= MOST_PERMITS) return permits;
  throw new InvalidOptionError(where, 'a whole number of permits from 0 on', permits);
}
