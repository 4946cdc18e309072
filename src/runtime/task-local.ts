/**
 * Values that belong to a task: what a request is called, who asks, without a parameter in every
 * function.
 *
 * ```text
 *   USER.scope('ann', f)      poll ──▶ USER = 'ann' ──▶ f runs ──▶ USER = what it was before
 *                             drop ──▶ the same
 * ```
 *
 * There is one thread, so the value stands in one place, and is there only while the scoped future
 * is polled or dropped. Whoever else runs in between sees its own.
 *
 * @module
 */
import type { Context } from './context.ts';
import { PolledAfterCompletionError, RuntimeError } from './errors.ts';
import { type Awaitable, asFuture, dropFuture, Future, Pending, type Poll, pollFuture } from './future.ts';

/** A task local was asked for its value outside its scopes. */
export class AccessError extends RuntimeError {
  /** The name of the task local. */
  readonly local: string;

  constructor(local: string) {
    // Tokio's words.
    super('task-local value not set');
    this.local = local;
  }
}

/**
 * A value that each task has for itself.
 *
 * A spawned task has none of its parent's values: give them on, `spawn(USER.scope(USER.get(), f()))`.
 *
 * @example
 * ```ts
 * const USER = new TaskLocal<string>('USER');
 * function* greet(): Async<string> {
 *   yield* sleep(10);
 *   return `hello ${USER.get()}`;
 * }
 * yield* join(USER.scope('ann', greet()), USER.scope('bob', greet())); // => ['hello ann', 'hello bob']
 * USER.tryGet(); // => undefined
 * ```
 */
export class TaskLocal<T> {
  /** How errors call it. */
  readonly name: string;
  #slot: { readonly value: T } | undefined = undefined;

  constructor(name: string) {
    this.name = name;
  }

  /**
   * Awaits a future in which this has a value: whenever it is polled, and when it is dropped. Scopes
   * may stand in one another; the innermost counts. The value is not disposed at the end.
   *
   * **Cancel safety:** that of the future.
   *
   * @throws {NotAFutureError} for anything that cannot be polled.
   */
  scope<R>(value: T, future: Awaitable<R>): Future<R> {
    return new Scope(this, value, asFuture(future, 'TaskLocal.scope()') as Awaitable<R>);
  }

  /**
   * Calls a function in which this has a value.
   *
   * @example
   * ```ts
   * const DEPTH = new TaskLocal<number>('DEPTH');
   * DEPTH.syncScope(1, () => DEPTH.syncScope(DEPTH.get() + 1, () => DEPTH.get())); // => 2
   * ```
   */
  syncScope<R>(value: T, fn: () => R): R {
    const outer = this.#slot;
    this.#slot = { value };
    try {
      return fn();
    } finally {
      this.#slot = outer;
    }
  }

  /** The value of the innermost scope. @throws {AccessError} outside all of them. */
  get(): T {
    if (this.#slot === undefined) throw new AccessError(this.name);
    return this.#slot.value;
  }

  /** The value of the innermost scope, or `undefined` outside all of them. */
  tryGet(): T | undefined {
    return this.#slot?.value;
  }
}

class Scope<T, R> extends Future<R> {
  readonly #local: TaskLocal<T>;
  readonly #value: T;
  readonly #future: Awaitable<R>;
  #done = false;

  constructor(local: TaskLocal<T>, value: T, future: Awaitable<R>) {
    super();
    this.#local = local;
    this.#value = value;
    this.#future = future;
  }

  override get label(): string {
    return `${this.#local.name}.scope()`;
  }

  override poll(cx: Context): Poll<R> {
    // Tokio's words.
    if (this.#done) throw new PolledAfterCompletionError(this.label, '`TaskLocalFuture` polled after completion');
    this.#done = true; // Also if it throws.
    const answer = this.#local.syncScope(this.#value, () => pollFuture(this.#future, cx));
    this.#done = answer !== Pending;
    return answer;
  }

  override drop(): void {
    if (this.#done) return;
    this.#done = true;
    this.#local.syncScope(this.#value, () => dropFuture(this.#future));
  }
}
