/**
 * An async function with a name: what a method answers that is made of several smaller waits.
 *
 * A bare generator would do, but for two slips. Nobody sees one that was made and never awaited,
 * and one that is awaited twice answers `undefined` the second time, which is how `readLine` says
 * that it has come to the end.
 *
 * @module
 */
import type { Context } from './context.ts';
import { PolledAfterCompletionError } from './errors.ts';
import { type Async, dropFuture, Future, Pending, type Poll, pollFuture } from './future.ts';
import type { Resource } from './resource.ts';
import type { Task } from './task.ts';

/** What a future awaits, if it can say so. */
export function awaitedBy(inner: object | undefined): Resource | Task | undefined {
  return inner instanceof Future ? inner.awaited : undefined;
}

/** Runs an async function, and waits for what that waits for. */
export class Operation<T> extends Future<T> {
  readonly #label: string;
  readonly #steps: Async<T>;
  #done = false;

  constructor(label: string, steps: Async<T>) {
    super();
    this.#label = label;
    this.#steps = steps;
  }

  override get label(): string {
    return this.#label;
  }

  override poll(cx: Context): Poll<T> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    this.#done = true; // Also if it throws.
    const answer = pollFuture(this.#steps, cx);
    this.#done = answer !== Pending;
    return answer;
  }

  override drop(): void {
    if (this.#done) return;
    this.#done = true;
    dropFuture(this.#steps);
  }
}
