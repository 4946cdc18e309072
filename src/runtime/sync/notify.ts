/**
 * Waking tasks that wait for nothing more than to be woken.
 *
 * ```text
 *                       somebody waits               nobody waits
 *   notifyOne()         the oldest one goes on       stored: the next notified() does not wait
 *   notifyWaiters()     all of them go on            forgotten
 * ```
 *
 * At most one notification is stored, however often `notifyOne` is called. So a task that wants to
 * miss nothing looks at the state again after each wake, as with a condition variable.
 *
 * @module
 */
import { type Context, tracing, Waker } from '../context.ts';
import { PolledAfterDropError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { Ticket, WaitLine } from './wait-line.ts';

/** Who of those in line goes on: for `notifyOne` the first, for `notifyLast` the last. */
type Strategy = 'first' | 'last';

/** A place in line, and how it was called. */
class Place extends Ticket {
  /** By `notifyOne` and `notifyLast` it was this one alone, and must pass it on if it is dropped. */
  called: Strategy | 'all' | undefined = undefined;
}

/** Stands in line for a future that is enabled, and that no task has polled yet. */
class Nobody extends Waker {
  override wake(): void {}
}

const NOBODY = new Nobody();

class State extends Resource {
  readonly line = new WaitLine<Place>();
  /** Invariant: `false` while somebody stands in line. */
  stored = false;
  /** How often everybody was notified: a future made before the last time need not wait. */
  rounds = 0;

  override get kind(): ResourceKind {
    return 'notify';
  }

  notify(strategy: Strategy): void {
    const place = strategy === 'first' ? this.line.first : this.line.last;
    tracing()?.op(this, { op: 'notified', waiters: place === undefined ? 0 : 1, stored: place === undefined });
    if (place === undefined) {
      this.stored = true;
      return;
    }
    this.line.leave(place);
    place.called = strategy;
    place.waker.wake(this);
  }

  notifyAll(): void {
    this.rounds += 1;
    const places = this.line.leaveAll();
    tracing()?.op(this, { op: 'notified', waiters: places.length, stored: false });
    for (const place of places) place.called = 'all';
    // Wake last: a waker is foreign code and may come straight back to us.
    for (const { waker } of places) waker.wake(this);
  }

  /** Takes the stored notification, if there is one. */
  consume(): boolean {
    if (!this.stored) return false;
    this.stored = false;
    tracing()?.op(this, { op: 'consumed' });
    return true;
  }
}

/**
 * Tells tasks that something has changed, without saying what.
 *
 * @example
 * ```ts
 * const order = new Notify();
 * const waiter = spawn(function* () {
 *   yield* order.notified();
 *   return 'on my way';
 * }());
 * yield* yieldNow();
 * order.notifyOne();
 * yield* waiter; // => 'on my way'
 * ```
 */
export class Notify {
  readonly #state = new State();

  /**
   * Waits until it is notified, or takes the stored notification at once.
   *
   * `notifyWaiters` reaches it from the moment it is made; `notifyOne` only once it was polled or
   * {@link Notified.enable | enabled}.
   *
   * **Order:** first come, first served. **Cancel safety:** the place in line is lost; a
   * notification that was meant for it alone goes to the next one, or is stored.
   */
  notified(): Notified {
    return new Notified(this.#state);
  }

  /** Wakes whoever waits longest. If nobody waits, the next `notified()` does not wait. */
  notifyOne(): void {
    this.#state.notify('first');
  }

  /** Wakes whoever came last. If nobody waits, the next `notified()` does not wait. */
  notifyLast(): void {
    this.#state.notify('last');
  }

  /** Wakes everybody who waits, and every `notified()` that was made before. Stores nothing. */
  notifyWaiters(): void {
    this.#state.notifyAll();
  }
}

/**
 * Waiting to be notified: what {@link Notify.notified} answers.
 *
 * To check a condition without a gap: enable first, then check, then wait.
 *
 * @example
 * ```ts
 * const changed = new Notify();
 * const queue: string[] = [];
 * function* take(): Async<string> {
 *   for (;;) {
 *     using notified = changed.notified();
 *     notified.enable(); // From here on no notifyOne() is missed.
 *     const item = queue.pop();
 *     if (item !== undefined) return item;
 *     yield* notified;
 *   }
 * }
 * const taker = spawn(take());
 * yield* yieldNow();
 * queue.push('tea');
 * changed.notifyOne();
 * yield* taker; // => 'tea'
 * ```
 */
export class Notified extends Future<void> {
  readonly #state: State;
  readonly #rounds: number;
  #place: Place | undefined = undefined;
  #done = false;
  #dropped = false;

  /** @internal */
  constructor(state: State) {
    super();
    this.#state = state;
    this.#rounds = state.rounds;
  }

  override get label(): string {
    return 'notified()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  /**
   * Takes a place in line without waiting. Answers `true` if it was notified already.
   */
  enable(): boolean {
    return this.#isNotified(undefined);
  }

  override poll(cx: Context): Poll<void> {
    return this.#isNotified(cx) ? undefined : Pending;
  }

  #isNotified(cx: Context | undefined): boolean {
    if (this.#done) return true;
    if (this.#dropped) throw new PolledAfterDropError(this.label);
    const state = this.#state;
    if (this.#place === undefined) {
      if (state.rounds !== this.#rounds || state.consume()) return this.#finish();
      this.#place = new Place(NOBODY);
      state.line.join(this.#place);
    } else if (this.#place.called !== undefined) {
      return this.#finish();
    }
    if (cx !== undefined) this.#place.waker = cx.leafWaker;
    return false;
  }

  #finish(): true {
    this.#done = true;
    this.#place = undefined;
    return true;
  }

  override drop(): void {
    const place = this.#place;
    this.#place = undefined;
    this.#dropped = true;
    if (place === undefined) return;
    const { called } = place;
    tracing()?.op(this.#state, { op: 'abandoned', granted: called === 'first' || called === 'last' });
    this.#state.line.leave(place);
    // Meant for us alone, but nobody will hear it: passed on, or somebody waits for ever.
    if (called === 'first' || called === 'last') this.#state.notify(called);
  }
}
