/**
 * A place where tasks wait for each other until all are there.
 *
 * ```text
 *   A ──────▶│            │──▶
 *   B ─▶│    │            │──▶      the third one opens it for all, and is the leader;
 *   C ───────│───────────▶│──▶      then it is closed again, for the next three
 * ```
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import { type Context, tracing } from '../context.ts';
import { InvalidOptionError, PolledAfterCompletionError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { stand, type Ticket, WaitLine } from './wait-line.ts';

class State extends Resource {
  readonly size: number;
  readonly line = new WaitLine();
  /** Invariant: less than `size`. */
  arrived = 0;
  /** How often the barrier has opened. */
  rounds = 0;

  constructor(size: number) {
    super();
    this.size = size;
  }

  override get kind(): ResourceKind {
    return 'barrier';
  }

  override get detail(): string {
    return `for ${this.size}`;
  }

  /** One more is here. Answers `true` to the last one. */
  arrive(): boolean {
    this.arrived += 1;
    tracing()?.op(this, { op: 'arrived', count: this.arrived, size: this.size });
    if (this.arrived < this.size) return false;
    this.arrived = 0;
    this.rounds += 1;
    for (const { waker } of this.line.leaveAll()) waker.wake(this);
    return true;
  }
}

/**
 * Lets tasks go on together: none passes before `size` of them have arrived.
 *
 * @example
 * ```ts
 * const dinner = new Barrier(2);
 * function* guest(): Async<boolean> {
 *   const arrival = yield* dinner.wait();
 *   return arrival.isLeader();
 * }
 * yield* join(guest(), guest()); // => [false, true]
 * ```
 */
export class Barrier {
  readonly #state: State;

  /**
   * @param size how many must arrive; 0 is taken as 1.
   * @throws {InvalidOptionError} unless it is a whole number from 0 on.
   */
  constructor(size: number) {
    if (!Number.isSafeInteger(size) || size < 0) {
      throw new InvalidOptionError('new Barrier()', 'a whole number of tasks from 0 on', size);
    }
    this.#state = new State(Math.max(1, size));
  }

  /**
   * Arrives, and waits for the others. The last to arrive is the leader and does not wait.
   *
   * **Order:** those that wait go on in the order of their arrival, after the leader.
   * **Cancel safety:** data may be lost, namely the arrival: it counts although nobody is there any
   * more, and whoever waits again after that is counted twice.
   */
  wait(): Future<BarrierWaitResult> {
    return new Wait(this.#state);
  }
}

/** How a task passed a {@link Barrier}. */
export class BarrierWaitResult {
  readonly #isLeader: boolean;

  /** @internal */
  constructor(isLeader: boolean) {
    this.#isLeader = isLeader;
  }

  /** Was it the last to arrive? Each time one of them is. */
  isLeader(): boolean {
    return this.#isLeader;
  }
}

class Wait extends Future<BarrierWaitResult> {
  readonly #state: State;
  #round: number | undefined = undefined;
  #ticket: Ticket | undefined = undefined;
  /** The barrier had opened before: Tokio's first look finds that news, pays for it, and looks again. */
  #stale = false;
  #done = false;

  constructor(state: State) {
    super();
    this.#state = state;
  }

  override get label(): string {
    return 'wait()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  override poll(cx: Context): Poll<BarrierWaitResult> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    const state = this.#state;
    if (this.#round === undefined) {
      this.#round = state.rounds;
      if (state.arrive()) return this.#pass(true);
      this.#stale = this.#round > 0;
    }
    // To arrive costs nothing; to have waited does, as in Tokio.
    if (!mayProceed(cx)) return Pending;
    if (state.rounds !== this.#round) {
      spend();
      return this.#pass(false);
    }
    if (this.#stale) {
      this.#stale = false;
      spend();
      if (!mayProceed(cx)) return Pending;
    }
    this.#ticket = stand(state.line, this.#ticket, cx);
    return Pending;
  }

  #pass(isLeader: boolean): BarrierWaitResult {
    this.#done = true;
    return new BarrierWaitResult(isLeader);
  }

  override drop(): void {
    this.#done = true;
    this.#state.line.leave(this.#ticket);
  }
}
