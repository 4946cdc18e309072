/**
 * Waiting for a list of futures, however long.
 *
 * @module
 */
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { type Awaitable, asFuture, dropEach, dropQuietly, Future, type Output, Pending, type Poll } from '../future.ts';
import { drop } from '../task.ts';
import { type Member, Unordered } from './futures-unordered.ts';
import { Join } from './join.ts';

/**
 * Up to how many futures are all polled at every wake.
 *
 * Too large, and a wake of one costs polls of many that have nothing new. Too small, and a few
 * futures pay for wakers of their own. The number of the futures crate.
 */
const FEW = 30;

/**
 * Waits for all of them, and answers their values in the order in which they were given.
 *
 * As `join`, for a list. If one throws, the others are still run to their end; then the error that
 * stands first is thrown.
 *
 * **Order:** up to thirty are all polled at every wake, from the first to the last. Of more only
 * those that were woken are polled, the first that was woken first.
 * **Cancel safety:** that of each of them; values that were there already are dropped.
 *
 * @throws {NotAFutureError} for anything that cannot be polled.
 *
 * @example
 * ```ts
 * function* boil(minutes: number): Async<string> {
 *   yield* sleep(secs(60 * minutes));
 *   return `${minutes} min`;
 * }
 * yield* joinAll([3, 1, 2].map(boil)); // => ['3 min', '1 min', '2 min']
 * now(); // => 180000
 * ```
 */
export function joinAll<F extends Awaitable<unknown>>(futures: Iterable<F>): Future<Output<F>[]> {
  return joinList('joinAll()', [...futures], false);
}

/**
 * Waits for all of them like {@link joinAll}, but gives up at the first that throws: the others are
 * dropped where they wait, and the error is thrown.
 *
 * **Order** and **Cancel safety:** as `joinAll`.
 *
 * @throws {NotAFutureError} for anything that cannot be polled.
 *
 * @example
 * ```ts
 * function* fail(): Async<never> { yield* sleep(1); throw new Error('no cups'); }
 * try {
 *   yield* tryJoinAll([sleep(secs(10)), fail()]);
 * } catch (error) {
 *   (error as Error).message; // => 'no cups'
 * }
 * now(); // => 1
 * ```
 */
export function tryJoinAll<F extends Awaitable<unknown>>(futures: Iterable<F>): Future<Output<F>[]> {
  return joinList('tryJoinAll()', [...futures], true);
}

function joinList<F extends Awaitable<unknown>>(
  name: string,
  futures: readonly F[],
  giveUpEarly: boolean,
): Future<Output<F>[]> {
  return futures.length <= FEW
    ? new Join(name, futures, giveUpEarly, false)
    : new JoinMany<Output<F>>(name, futures as readonly Awaitable<Output<F>>[], giveUpEarly);
}

/** Many futures, each with a waker of its own. */
class JoinMany<T> extends Future<T[]> {
  readonly #name: string;
  readonly #futures = new Unordered<T>();
  readonly #members: Member<T>[];
  readonly #giveUpEarly: boolean;
  #done = false;

  constructor(name: string, futures: readonly Awaitable<T>[], giveUpEarly: boolean) {
    super();
    this.#name = name;
    this.#members = futures.map((future) => this.#futures.push(asFuture(future, name) as Awaitable<T>));
    this.#giveUpEarly = giveUpEarly;
  }

  override get label(): string {
    return this.#name;
  }

  override poll(cx: Context): Poll<T[]> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    for (;;) {
      const member = this.#futures.poll(cx);
      if (member === Pending) return Pending;
      if (member === undefined) return this.#take();
      if (this.#giveUpEarly) this.#valueOf(member);
    }
  }

  /** All have ended. */
  #take(): T[] {
    const values = this.#members.map((member) => this.#valueOf(member));
    this.#done = true;
    return values;
  }

  #valueOf({ answer }: Member<T>): T {
    if (answer !== undefined && 'value' in answer) return answer.value;
    dropQuietly(() => this.drop());
    throw answer?.error;
  }

  override drop(): void {
    this.#done = true;
    const values = this.#members.splice(0);
    dropEach([() => this.#futures.drop(), () => dropValues(values)], (dropThem) => dropThem());
  }
}

function dropValues(members: readonly Member<unknown>[]): void {
  dropEach(members, ({ answer }) => {
    if (answer !== undefined && 'value' in answer) drop(answer.value);
  });
}
