/**
 * A lock for many readers or one writer.
 *
 * ```text
 *   the line:   R R W R          first come, first served, readers and writers alike
 *               └┬┘ │ └─ waits, although only readers hold the lock: a writer is before it
 *                │  └─── gets the lock when both readers have given it back
 *                └────── hold it together
 * ```
 *
 * A reader takes one permit of very many, a writer takes all of them. That is the whole rule: the
 * line is that of the permits, so a writer that waits keeps later readers out, and no stream of
 * readers can starve it.
 *
 * A task that reads must not read again before it has let go: if a writer has come in between,
 * each waits for the other.
 *
 * @module
 */
import type { Future } from '../future.ts';
import type { Resource, ResourceKind } from '../resource.ts';
import { Acquire, Lockable } from './acquire.ts';
import { ExclusiveGuard, Guard } from './guard.ts';

/** How many may read at once. Tokio's number; a writer takes that many permits. */
const MOST_READERS = 2 ** 29 - 1;

/** What a lock, its waiters and its guards share. */
class State<T> extends Lockable {
  value: T;

  constructor(value: T) {
    super(MOST_READERS);
    this.value = value;
  }

  override get kind(): ResourceKind {
    return 'rwlock';
  }
}

/**
 * Guards a value that many may look at together, and one may change alone.
 *
 * Good for what is read often and changed seldom: settings, a table of users. Where every visit
 * changes something a {@link Mutex} does the same for less.
 *
 * @example
 * ```ts
 * const menu = new RwLock(['green tea']);
 * {
 *   using mine = yield* menu.read();
 *   using yours = yield* menu.read();
 *   [...mine.value, ...yours.value]; // => ['green tea', 'green tea']
 *   menu.tryWrite(); // => undefined
 * }
 * using chef = yield* menu.write();
 * chef.value.push('black tea');
 * menu.tryRead(); // => undefined
 * ```
 */
export class RwLock<T> {
  readonly #state: State<T>;

  constructor(value: T) {
    this.#state = new State(value);
  }

  /**
   * Waits until no writer has the lock or stands in line before. Answers a guard to read by.
   *
   * **Order:** first come, first served; readers next to each other in line go in together.
   * **Cancel safety:** the place in line is lost.
   */
  read(): Future<RwLockReadGuard<T>> {
    return new Read(this.#state);
  }

  /**
   * Waits until nobody has the lock. Answers a guard to read and write by.
   *
   * **Order:** first come, first served. **Cancel safety:** the place in line is lost; readers that
   * waited behind it go in.
   */
  write(): Future<RwLockWriteGuard<T>> {
    return new Write(this.#state);
  }

  /** Reads if no writer has the lock or waits for it, or answers `undefined`. */
  tryRead(): RwLockReadGuard<T> | undefined {
    return this.#state.permits.tryAcquire(1) ? new RwLockReadGuard(this.#state) : undefined;
  }

  /** Writes if nobody has the lock, or answers `undefined`. */
  tryWrite(): RwLockWriteGuard<T> | undefined {
    return this.#state.permits.tryAcquire(MOST_READERS) ? new RwLockWriteGuard(this.#state) : undefined;
  }
}

/** The right to look at the value, until disposed. */
export class RwLockReadGuard<T> extends Guard<T> {
  /** @internal */
  constructor(state: State<T>, heirOf?: RwLockWriteGuard<T>) {
    super(state, 1, heirOf);
  }

  /** The guarded value. Others may be reading it. @throws {GuardDisposedError} after disposal. */
  get value(): T {
    return this.lock.value;
  }
}

/** The right to change the value, until disposed. */
export class RwLockWriteGuard<T> extends ExclusiveGuard<T> {
  /** @internal */
  constructor(state: State<T>) {
    super(state, MOST_READERS);
  }

  /**
   * Becomes a reader without letting a writer in between. Readers that are first in line go in at
   * once. This guard is used up.
   *
   * @example
   * ```ts
   * const price = new RwLock(3);
   * const writer = yield* price.write();
   * writer.value = 4;
   * using reader = writer.downgrade();
   * price.tryRead()?.value; // => 4
   * ```
   *
   * @throws {GuardDisposedError} after disposal.
   */
  downgrade(): RwLockReadGuard<T> {
    const { lock } = this;
    this.releaseAllBut(1);
    return new RwLockReadGuard(lock, this);
  }
}

abstract class RwLockWait<T, G> extends Acquire<G> {
  protected readonly state: State<T>;

  constructor(state: State<T>, permits: number) {
    super(state.permits, permits);
    this.state = state;
  }

  override get awaited(): Resource {
    return this.state;
  }
}

class Read<T> extends RwLockWait<T, RwLockReadGuard<T>> {
  constructor(state: State<T>) {
    super(state, 1);
  }

  override get label(): string {
    return 'read()';
  }

  protected override use(): RwLockReadGuard<T> {
    return new RwLockReadGuard(this.state);
  }
}

class Write<T> extends RwLockWait<T, RwLockWriteGuard<T>> {
  constructor(state: State<T>) {
    super(state, MOST_READERS);
  }

  override get label(): string {
    return 'write()';
  }

  protected override use(): RwLockWriteGuard<T> {
    return new RwLockWriteGuard(this.state);
  }
}
