/**
 * A limit on how long a future may take.
 *
 * @module
 */
import { hasBudget, refill, restore } from '../budget.ts';
import { type Context, currentExecutor } from '../context.ts';
import { PolledAfterCompletionError, RuntimeError } from '../errors.ts';
import { type Awaitable, asFuture, dropAll, Future, Pending, type Poll, pollFuture } from '../future.ts';
import { checkDuration } from './duration.ts';
import { TimerSleep } from './sleep.ts';

/**
 * The time was up before the future was ready.
 *
 * @example
 * ```ts
 * try {
 *   yield* timeout(secs(1), pending());
 * } catch (error) {
 *   (error as Elapsed).message; // => 'deadline has elapsed'
 * }
 * ```
 */
export class Elapsed extends RuntimeError {
  constructor() {
    super('deadline has elapsed');
  }
}

/**
 * Waits for a future, but not longer than a duration. Answers its value.
 *
 * When the time is up the future is dropped where it waits. Lend it with `ref` to keep it.
 *
 * **Order:** the future is polled before the timer, so being ready at the deadline is in time.
 * **Cancel safety:** that of the future.
 *
 * @param duration milliseconds from now, the call; 0 still polls the future once.
 * @throws {Elapsed} when the time is up, and whatever the future throws.
 *
 * @example
 * ```ts
 * try {
 *   yield* timeout(millis(10), sleep(secs(1)));
 * } catch (error) {
 *   error instanceof Elapsed; // => true
 * }
 * now(); // => 10
 * ```
 */
export function timeout<T>(duration: number, future: Awaitable<T>): Timeout<T> {
  const executor = currentExecutor('timeout()');
  const deadline = executor.clock.now() + checkDuration('timeout()', duration);
  return new Timeout(timed(future), new Deadline(executor, deadline, duration));
}

/**
 * Waits for a future, but not beyond a point in time. See {@link timeout}.
 *
 * @param deadline milliseconds, as `now()` counts them; a past one still polls the future once.
 *
 * @example
 * ```ts
 * yield* timeoutAt(now() + 10, sleep(5));
 * now(); // => 5
 * ```
 */
export function timeoutAt<T>(deadline: number, future: Awaitable<T>): Timeout<T> {
  const executor = currentExecutor('timeoutAt()');
  const checked = checkDuration('timeoutAt()', deadline);
  const left = Math.max(0, checked - executor.clock.now());
  return new Timeout(timed(future), new Deadline(executor, checked, left));
}

function timed<T>(future: Awaitable<T>): Awaitable<T> {
  return asFuture(future, 'timeout()') as Awaitable<T>;
}

class Deadline extends TimerSleep {
  /** Nobody can forget to await it: the timeout does. */
  override get mayBeIgnored(): boolean {
    return true;
  }

  override get accompanies(): boolean {
    return true;
  }

  protected override get verb(): string {
    return 'timeout';
  }
}

/** A future with a deadline. Made by {@link timeout} and {@link timeoutAt}. */
export class Timeout<T> extends Future<T> {
  #future: Awaitable<T> | undefined;
  readonly #sleep: TimerSleep;

  /** @internal */
  constructor(future: Awaitable<T>, sleep: TimerSleep) {
    super();
    this.#future = future;
    this.#sleep = sleep;
  }

  override get label(): string {
    return this.#sleep.label;
  }

  override poll(cx: Context): Poll<T> {
    if (this.#future === undefined) throw new PolledAfterCompletionError(this.label);
    const hadBudget = hasBudget();
    let answer: Poll<T>;
    try {
      answer = pollFuture(this.#future, cx);
    } catch (error) {
      this.#future = undefined;
      this.drop();
      throw error;
    }
    if (answer !== Pending) {
      this.#future = undefined;
      this.drop();
      return answer;
    }
    if (!this.#isOver(cx, hadBudget && !hasBudget())) return Pending;
    this.drop();
    throw new Elapsed();
  }

  /** If the future has used up the budget, the timer is asked all the same: time is not to be outrun. */
  #isOver(cx: Context, unlimited: boolean): boolean {
    if (!unlimited) return pollFuture(this.#sleep, cx) !== Pending;
    const before = refill(Number.POSITIVE_INFINITY);
    try {
      return pollFuture(this.#sleep, cx) !== Pending;
    } finally {
      restore(before);
    }
  }

  override drop(): void {
    const future = this.#future;
    this.#future = undefined;
    dropAll(future === undefined ? [this.#sleep] : [future, this.#sleep]);
  }
}
