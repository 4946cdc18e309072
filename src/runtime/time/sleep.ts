/**
 * Waiting for a point in time.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import { type Context, currentExecutor } from '../context.ts';
import type { Executor } from '../executor.ts';
import { Future, Pending, type Poll } from '../future.ts';
import type { Clock } from './clock.ts';
import { checkDuration, FAR_FUTURE_MS, showDuration } from './duration.ts';
import { Timer } from './timer.ts';

/**
 * Waits for a duration.
 *
 * The deadline is fixed by the call, not by the first poll; a duration of 0 does not wait.
 *
 * **Order:** sleeps that end at the same millisecond end in the order of their first polls.
 * **Cancel safety:** nothing is lost; the timer is disarmed.
 *
 * @param duration milliseconds; fractions round up.
 * @throws {InvalidDurationError} if it is negative or not a number.
 * @throws {OutsideRuntimeError} where no runtime runs.
 *
 * @example
 * ```ts
 * yield* sleep(secs(2));
 * now(); // => 2000
 * ```
 */
export function sleep(duration: number): Sleep {
  const executor = currentExecutor(`sleep(${typeof duration === 'number' ? showDuration(duration) : '…'})`);
  const checked = checkDuration('sleep()', duration);
  return new Sleep(executor, executor.clock.now() + checked, `sleep(${showDuration(checked)})`);
}

/**
 * Waits until the runtime's clock shows `deadline`; a past one does not wait.
 *
 * **Cancel safety:** nothing is lost; the timer is disarmed.
 *
 * @param deadline milliseconds, as {@link now} counts them.
 * @throws {InvalidDurationError} if it is negative or not a number.
 * @throws {OutsideRuntimeError} where no runtime runs.
 *
 * @example
 * ```ts
 * yield* sleepUntil(now() + 30);
 * now(); // => 30
 * ```
 */
export function sleepUntil(deadline: number): Sleep {
  const executor = currentExecutor('sleepUntil()');
  const checked = checkDuration('sleepUntil()', deadline);
  return new Sleep(executor, checked, `sleepUntil(${showDuration(checked)})`);
}

/**
 * The time on the runtime's clock: milliseconds since the runtime started, with fractions.
 *
 * @throws {OutsideRuntimeError} where no runtime runs.
 *
 * @example
 * ```ts
 * const start = now();
 * yield* sleep(secs(1));
 * now() - start; // => 1000
 * ```
 */
export function now(): number {
  return currentExecutor('now()').clock.now();
}

/** A wait for a deadline. Made by {@link sleep} and {@link sleepUntil}. */
export class Sleep extends Future<void> {
  readonly #executor: Executor;
  readonly #label: string;
  readonly #timer = new Timer();
  #deadline: number;
  /** On a real clock the driver has looked some time ago; what was past by then needs no look. */
  #wasPast: boolean;
  /** A timer that was reset by `reset` is armed; a new one waits for its first poll. */
  #registered = false;

  /** @internal */
  constructor(executor: Executor, deadline: number, label: string) {
    super();
    this.#executor = executor;
    this.#deadline = deadline;
    this.#wasPast = isPast(executor.clock, deadline);
    this.#label = label;
  }

  /** When it ends, in ms on the runtime's clock. */
  get deadline(): number {
    return this.#deadline;
  }

  /** Has it ended? */
  isElapsed(): boolean {
    return this.#timer.fired;
  }

  override get label(): string {
    return this.#label;
  }

  override get awaited(): Timer {
    return this.#timer;
  }

  override poll(cx: Context): Poll<void> {
    if (!mayProceed(cx)) return Pending;
    const timer = this.#timer;
    if (!this.#registered) {
      this.#registered = true;
      this.#executor.timers.arm(timer, this.#deadline, this.#wasPast);
    }
    if (timer.fired) {
      spend();
      return undefined;
    }
    timer.waker = cx.leafWaker;
    return Pending;
  }

  /**
   * Moves the end to another time, also of a sleep that has ended: it can be awaited again.
   *
   * An earlier end registers the timer anew at once. A later one keeps its old place in line, and
   * takes the new one when the old time has come, behind timers that were registered meanwhile.
   *
   * @example
   * ```ts
   * const nap = sleep(10);
   * nap.reset(now() + 50);
   * yield* nap;
   * now(); // => 50
   * ```
   */
  reset(deadline: number): void {
    this.resetUnregistered(deadline);
    if (this.#registered) return;
    this.#registered = true;
    this.#executor.timers.arm(this.#timer, this.#deadline, this.#wasPast);
  }

  /** Moves the end; the timer is armed by the next poll. @internal */
  resetUnregistered(deadline: number): void {
    this.#deadline = Math.min(checkDuration('reset()', deadline), this.#executor.clock.now() + FAR_FUTURE_MS);
    this.#wasPast = isPast(this.#executor.clock, this.#deadline);
    this.#registered = this.#executor.timers.postpone(this.#timer, this.#deadline);
  }

  override drop(): void {
    this.#executor.timers.disarm(this.#timer);
    this.#registered = this.#timer.fired;
  }
}

/** A virtual clock does not move between two looks of the driver. */
function isPast(clock: Clock, deadline: number): boolean {
  return !clock.isVirtual && deadline <= clock.now();
}
