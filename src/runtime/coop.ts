/**
 * Being a good neighbour: the cooperative budget, as a program may use it. See `budget.ts`.
 *
 * @module
 */
import { hasBudget, mayProceed, refill, restore, spend } from './budget.ts';
import type { Context } from './context.ts';
import { type Awaitable, asFuture, dropFuture, Future, Pending, type Poll, pollFuture } from './future.ts';

/**
 * May one more leaf answer in this poll of the task? Outside of a task, always.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.unboundedChannel<number>();
 * for (let i = 0; i < 500; i++) tx.send(i);
 * while (hasBudgetRemaining()) yield* rx.recv();
 * rx.length; // => 372
 * ```
 */
export function hasBudgetRemaining(): boolean {
  return hasBudget();
}

/**
 * Takes one unit of the budget, and lets others run if there is none left. For long work that
 * awaits nothing, or nothing that ever waits.
 *
 * **Cancel safety:** nothing is lost.
 *
 * @example
 * ```ts
 * const heard: number[] = [];
 * spawn(function* () { heard.push(done); }());
 * let done = 0;
 * for (; done < 1000; done++) yield* consumeBudget();
 * heard; // => [128]
 * ```
 */
export function consumeBudget(): Future<void> {
  return new ConsumeBudget();
}

class ConsumeBudget extends Future<void> {
  override get label(): string {
    return 'consumeBudget()';
  }

  override poll(cx: Context): Poll<void> {
    if (!mayProceed(cx)) return Pending;
    spend();
    return undefined;
  }
}

/**
 * Makes a future of your own take part in the budget: it is not polled while there is none, and its
 * answer takes one unit.
 *
 * **Cancel safety:** that of the future.
 *
 * @example
 * ```ts
 * class Ready extends Future<string> {
 *   poll(): string { return 'tea'; }
 * }
 * const heard: number[] = [];
 * spawn(function* () { heard.push(cups); }());
 * let cups = 0;
 * for (; cups < 1000; cups++) yield* cooperative(new Ready());
 * heard; // => [128]
 * ```
 */
export function cooperative<T>(future: Awaitable<T>): Future<T> {
  return new Cooperative(asFuture(future, 'cooperative()') as Awaitable<T>);
}

class Cooperative<T> extends Future<T> {
  readonly #future: Awaitable<T>;

  constructor(future: Awaitable<T>) {
    super();
    this.#future = future;
  }

  override get label(): string {
    return 'cooperative()';
  }

  override poll(cx: Context): Poll<T> {
    if (!mayProceed(cx)) return Pending;
    let pending = false;
    try {
      const answer = pollFuture(this.#future, cx);
      pending = answer === Pending;
      return answer;
    } finally {
      if (!pending) spend(); // An error is an answer, too.
    }
  }

  override drop(): void {
    dropFuture(this.#future);
  }
}

/**
 * Awaits a future without a budget: its leaves may answer as often as they can in one poll. For
 * code that knows that it ends soon; everybody else waits meanwhile.
 *
 * **Cancel safety:** that of the future.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.unboundedChannel<number>();
 * for (let i = 0; i < 1000; i++) tx.send(i);
 * yield* unconstrained(function* () {
 *   for (let i = 0; i < 1000; i++) yield* rx.recv();
 * }());
 * ```
 */
export function unconstrained<T>(future: Awaitable<T>): Future<T> {
  return new Unconstrained(asFuture(future, 'unconstrained()') as Awaitable<T>);
}

class Unconstrained<T> extends Future<T> {
  readonly #future: Awaitable<T>;

  constructor(future: Awaitable<T>) {
    super();
    this.#future = future;
  }

  override get label(): string {
    return 'unconstrained()';
  }

  override poll(cx: Context): Poll<T> {
    const before = refill(Number.POSITIVE_INFINITY);
    try {
      return pollFuture(this.#future, cx);
    } finally {
      restore(before);
    }
  }

  override drop(): void {
    dropFuture(this.#future);
  }
}
