/**
 * Something that happens again and again.
 *
 * @module
 */
import { type Context, currentExecutor } from '../context.ts';
import { InvalidOptionError } from '../errors.ts';
import type { Executor } from '../executor.ts';
import { Future, Pending, type Poll, pollFuture } from '../future.ts';
import { checkDuration } from './duration.ts';
import { TimerSleep } from './sleep.ts';
import type { Timer } from './timer.ts';

/** Ticks that are late by up to this many milliseconds do not count as missed. Tokio's number. */
const TOLERATED_LATENESS_MS = 5;

/**
 * What to do about ticks that were missed because nobody asked for them in time:
 *
 * - `burst`: deliver them back to back until the schedule is caught up with;
 * - `delay`: start the period again at the late tick;
 * - `skip`: leave them out, and go on with the schedule.
 */
export type MissedTicks = 'burst' | 'delay' | 'skip';

const MISSED_TICKS: readonly MissedTicks[] = ['burst', 'delay', 'skip'];

/** Options of {@link interval}. */
export interface IntervalOptions {
  /** @default 'burst' */
  readonly missedTicks?: MissedTicks;
  /** When the first tick is, in ms on the runtime's clock. @default now: the first tick does not wait */
  readonly start?: number;
}

/**
 * A tick every `period` milliseconds, the first one at once.
 *
 * @throws {InvalidOptionError} if `period` is 0; {@link InvalidDurationError} if it is not a duration.
 *
 * @example
 * ```ts
 * const metronome = interval(100);
 * yield* metronome.tick(); // => 0
 * yield* metronome.tick(); // => 100
 * ```
 */
export function interval(period: number, options: IntervalOptions = {}): Interval {
  const executor = currentExecutor('interval()');
  if (checkDuration('interval()', period) === 0) {
    throw new InvalidOptionError('interval()', 'a period of more than 0 ms', period);
  }
  const { missedTicks } = options;
  if (missedTicks !== undefined && !MISSED_TICKS.includes(missedTicks)) {
    throw new InvalidOptionError('missedTicks', '"burst", "delay" or "skip"', missedTicks);
  }
  return new Interval(executor, period, options);
}

/** Made by {@link interval}. */
export class Interval implements Disposable {
  /** What happens to missed ticks; may be changed at any time. */
  missedTicks: MissedTicks;
  readonly period: number;
  readonly #executor: Executor;
  readonly #sleep: TimerSleep;

  /** @internal */
  constructor(executor: Executor, period: number, options: IntervalOptions) {
    this.#executor = executor;
    this.period = period;
    this.missedTicks = options.missedTicks ?? 'burst';
    const start = options.start ?? executor.clock.now();
    this.#sleep = new Beat(executor, checkDuration('interval()', start), period);
  }

  /**
   * Waits for the next tick. Answers when it was due, which may be earlier than now.
   *
   * **Cancel safety:** nothing is lost; the tick is still to come.
   */
  tick(): Future<number> {
    return new Tick(this.#sleep, () => this.#schedule());
  }

  /** The next tick comes one period from now. */
  reset(): void {
    this.resetAfter(this.period);
  }

  /** The next tick comes at once. */
  resetImmediately(): void {
    this.resetAfter(0);
  }

  /** The next tick comes `duration` ms from now, and the others a period after that. */
  resetAfter(duration: number): void {
    this.resetAt(this.#executor.clock.now() + checkDuration('resetAfter()', duration));
  }

  /**
   * The next tick comes at `deadline`, in ms on the runtime's clock, and the others a period after
   * that.
   *
   * @example
   * ```ts
   * const metronome = interval(100);
   * metronome.resetAt(30);
   * [yield* metronome.tick(), yield* metronome.tick()]; // => [30, 130]
   * ```
   */
  resetAt(deadline: number): void {
    this.#sleep.reset(checkDuration('resetAt()', deadline));
  }

  /** Gives the timer up. */
  [Symbol.dispose](): void {
    this.#sleep.drop();
  }

  /** A tick was delivered: sets the next one. Answers when this one was due. */
  #schedule(): number {
    const due = this.#sleep.deadline;
    const now = this.#executor.clock.now();
    const missed = now > due + TOLERATED_LATENESS_MS;
    this.#sleep.resetUnregistered(missed ? this.#afterMissing(due, now) : due + this.period);
    return due;
  }

  #afterMissing(due: number, now: number): number {
    switch (this.missedTicks) {
      case 'burst':
        return due + this.period;
      case 'delay':
        return now + this.period;
      case 'skip':
        return now + this.period - ((now - due) % this.period);
      default:
        return this.missedTicks satisfies never;
    }
  }
}

class Beat extends TimerSleep {
  /** It is the ticks that are to be awaited. */
  override get mayBeIgnored(): boolean {
    return true;
  }

  protected override get verb(): string {
    return 'tick';
  }
}

class Tick extends Future<number> {
  readonly #sleep: TimerSleep;
  readonly #ticked: () => number;

  constructor(sleep: TimerSleep, ticked: () => number) {
    super();
    this.#sleep = sleep;
    this.#ticked = ticked;
  }

  override get label(): string {
    return this.#sleep.label;
  }

  override get awaited(): Timer {
    return this.#sleep.awaited;
  }

  override poll(cx: Context): Poll<number> {
    return pollFuture(this.#sleep, cx) === Pending ? Pending : this.#ticked();
  }
}
