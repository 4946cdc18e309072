/**
 * Waiting for a point in time.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import { type Context, current, currentExecutor } from '../context.ts';
import type { Executor } from '../executor.ts';
import { type Future, Pending, type Poll } from '../future.ts';
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
  // The name is for the error alone, and takes longer to make than the sleep.
  const executor =
    current?.executor ?? currentExecutor(`sleep(${typeof duration === 'number' ? showDuration(duration) : '…'})`);
  const checked = checkDuration('sleep()', duration);
  return new TimerSleep(executor, executor.clock.now() + checked, checked);
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
  return new SleepUntil(executor, checked, checked);
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
export interface Sleep extends Future<void> {
  /** When it ends, in ms on the runtime's clock. */
  readonly deadline: number;
  /** Has it ended? */
  isElapsed(): boolean;
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
  reset(deadline: number): void;
}

/** That wait, and its timer: they are one object. See {@link Timer}. */
export class TimerSleep extends Timer implements Sleep {
  readonly #executor: Executor;
  readonly #span: number;

  /**
   * @param span what its label says. It is made when somebody asks: a string takes longer than the sleep.
   * @internal
   */
  constructor(executor: Executor, deadline: number, span: number) {
    super(deadline);
    this.#executor = executor;
    this.#span = span;
    this.begins(isPast(executor.clock, deadline));
  }

  /** See {@link Sleep.isElapsed}. */
  isElapsed(): boolean {
    return this.fired;
  }

  override get label(): string {
    return `${this.verb}(${showDuration(this.#span)})`;
  }

  /** What the program called. */
  protected get verb(): string {
    return 'sleep';
  }

  override get awaited(): Timer {
    return this;
  }

  override poll(cx: Context): Poll<void> {
    if (!mayProceed(cx)) return Pending;
    // A timer that was reset by `reset` is armed; a new one waits for its first poll.
    if (this.isNew) this.#executor.timers.arm(this, this.deadline, this.wasPast);
    if (this.fired) {
      spend();
      return undefined;
    }
    this.waker = cx.leafWaker;
    return Pending;
  }

  /** See {@link Sleep.reset}. */
  reset(deadline: number): void {
    const end = this.end(deadline);
    const { timers, clock } = this.#executor;
    if (!timers.postpone(this, end)) timers.arm(this, end, isPast(clock, end));
  }

  /** Moves the end of one that has ended or was never armed; the timer is armed by the next poll. @internal */
  resetUnregistered(deadline: number): void {
    this.deadline = this.end(deadline);
    this.begins(isPast(this.#executor.clock, this.deadline));
  }

  private end(deadline: number): number {
    return Math.min(checkDuration('reset()', deadline), this.#executor.clock.now() + FAR_FUTURE_MS);
  }

  override drop(): void {
    this.#executor.timers.disarm(this);
  }
}

class SleepUntil extends TimerSleep {
  protected override get verb(): string {
    return 'sleepUntil';
  }
}

/** A virtual clock does not move between two looks of the driver. */
function isPast(clock: Clock, deadline: number): boolean {
  return !clock.isVirtual && deadline <= clock.now();
}
