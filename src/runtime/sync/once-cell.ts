/**
 * A value that is made once, by whoever needs it first.
 *
 * ```text
 *              getOrInit(init)            init() answers
 *   empty ──────────────────────▶ busy ─────────────────▶ initialized, for good
 *     ▲                            │  others wait in line
 *     └────────────────────────────┘
 *        init() throws or is dropped: the next in line runs its own
 * ```
 *
 * @module
 */

import { tracing } from '../context.ts';
import { InvalidOptionError, RuntimeError } from '../errors.ts';
import { type Async, type Awaitable, asFuture, type Future } from '../future.ts';
import { Operation } from '../operation.ts';
import { type Resource, type ResourceKind, tracedTask } from '../resource.ts';
import { Acquire, Lockable } from './acquire.ts';

/** A {@link OnceCell} has a value, or will soon have one. `value` is the one that came too late. */
export class SetError<T = unknown> extends RuntimeError {
  readonly value: T;
  readonly #why: 'initialized' | 'initializing';

  /** @internal */
  constructor(value: T, why: 'initialized' | 'initializing') {
    super(why === 'initialized' ? 'AlreadyInitializedError' : 'InitializingError');
    this.value = value;
    this.#why = why;
  }

  /** It has a value. */
  isAlreadyInitialized(): boolean {
    return this.#why === 'initialized';
  }

  /** Somebody is making its value. */
  isInitializing(): boolean {
    return this.#why === 'initializing';
  }
}

/** One permit: to make the value. Closed once there is one. */
class State<T> extends Lockable {
  value: T | undefined = undefined;

  constructor() {
    super(1);
  }

  override get kind(): ResourceKind {
    return 'once';
  }

  get initialized(): boolean {
    return this.permits.closed;
  }

  fill(value: T): void {
    this.value = value;
    tracing()?.op(this, { op: 'initialized' });
    this.permits.close(({ waker }) => waker.wake(this));
  }
}

/**
 * A place for one value that is expensive to make: a connection, a table of settings.
 *
 * @example
 * ```ts
 * const settings = new OnceCell<string>();
 * let loads = 0;
 * function* load(): Async<string> {
 *   yield* sleep(10);
 *   loads += 1;
 *   return 'green tea';
 * }
 * yield* join(settings.getOrInit(load), settings.getOrInit(load)); // => ['green tea', 'green tea']
 * loads; // => 1
 * settings.get(); // => 'green tea'
 * ```
 */
export class OnceCell<T> {
  readonly #state = new State<T>();

  /** @param value what it has from the start. Without it the cell is empty. */
  constructor(...value: [] | [value: T]) {
    if (value.length > 0) this.#state.fill(value[0] as T);
  }

  /** The value, or `undefined` if there is none yet. */
  get(): T | undefined {
    return this.#state.value;
  }

  /** Is there a value? */
  initialized(): boolean {
    return this.#state.initialized;
  }

  /** Puts a value in. @throws {SetError} with the value, if there is one or somebody is making it. */
  set(value: T): void {
    const state = this.#state;
    if (state.initialized) throw new SetError(value, 'initialized');
    if (!state.permits.tryAcquire()) throw new SetError(value, 'initializing');
    state.fill(value);
  }

  /**
   * The value. If there is none yet, `init` makes it; if somebody else is making it, waits for that.
   * If `init` throws, its error is passed on, the cell stays empty, and the next in line tries with
   * its own `init`.
   *
   * **Order:** first come, first served. **Cancel safety:** the place in line is lost; an `init` that
   * was running is dropped, and the next in line runs its own from the beginning.
   *
   * @throws what `init` throws; {@link InvalidOptionError} unless `init` is a function.
   */
  getOrInit(init: () => Awaitable<T>): Future<T> {
    if (typeof init !== 'function') {
      throw new InvalidOptionError('getOrInit()', 'a function that makes a future, not its call', init);
    }
    return new Operation('getOrInit()', this.#getOrInit(init));
  }

  *#getOrInit(init: () => Awaitable<T>): Async<T> {
    const state = this.#state;
    if (!state.initialized) {
      using turn = yield* new Initialize(state);
      if (turn !== undefined) state.fill(yield* asFuture(init(), 'getOrInit()') as Awaitable<T>);
    }
    return state.value as T;
  }
}

/** The right to make the value. */
class Turn implements Disposable {
  readonly #state: Lockable;
  readonly #holder = tracedTask();

  constructor(state: Lockable) {
    this.#state = state;
    state.acquired(1);
  }

  [Symbol.dispose](): void {
    this.#state.release(1, this.#holder);
  }
}

/** Answers the right to make the value, or `undefined` if there is one by now. */
class Initialize extends Acquire<Turn | undefined> {
  readonly #state: Lockable;

  constructor(state: Lockable) {
    super(state.permits, 1);
    this.#state = state;
  }

  override get label(): string {
    return 'getOrInit()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  protected override use(): Turn {
    return new Turn(this.#state);
  }

  protected override refuse(): undefined {
    return undefined;
  }
}
