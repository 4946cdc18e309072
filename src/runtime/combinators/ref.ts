/**
 * Lending a future.
 *
 * @module
 */
import type { Context } from '../context.ts';
import { type Awaitable, asFuture, Future, type Poll, pollFuture } from '../future.ts';
import type { Resource } from '../resource.ts';
import type { Task } from '../task.ts';

/**
 * Lends a future to a `select` or a `timeout`: it is polled there, and not dropped when it loses.
 * It keeps its progress, and can be lent or awaited again; `&mut future` in Rust.
 *
 * **Cancel safety:** nothing is lost.
 *
 * @example
 * ```ts
 * const work = sleep(30);
 * const first = yield* select({ work: ref(work), impatience: sleep(10) });
 * first.branch; // => 'impatience'
 * yield* work;
 * now(); // => 30
 * ```
 */
export function ref<T>(future: Awaitable<T>): Future<T> {
  return new Lent(asFuture(future, 'ref()') as Awaitable<T>);
}

/** A future that belongs to somebody else. Dropping it drops nothing. */
export class Lent<T> extends Future<T> {
  readonly #future: Awaitable<T>;

  constructor(future: Awaitable<T>) {
    super();
    this.#future = future;
  }

  override get label(): string {
    return this.#future instanceof Future ? this.#future.label : 'a lent future';
  }

  override get awaited(): Resource | Task | undefined {
    return this.#future instanceof Future ? this.#future.awaited : undefined;
  }

  override poll(cx: Context): Poll<T> {
    return pollFuture(this.#future, cx);
  }
}
