/**
 * Waiting for several futures at once, in one task.
 *
 * @module
 */
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import {
  type Awaitable,
  asFuture,
  dropEach,
  dropFuture,
  dropQuietly,
  Future,
  type Output,
  Pending,
  type Poll,
  pollFuture,
} from '../future.ts';
import { drop } from '../task.ts';

/** What a tuple of futures answers. */
type Outputs<F extends readonly Awaitable<unknown>[]> = { -readonly [K in keyof F]: Output<F[K]> };

type Branch =
  | { readonly state: 'running'; readonly future: Awaitable<unknown> }
  | { readonly state: 'done'; readonly value: unknown }
  | { readonly state: 'failed'; readonly error: unknown };

/**
 * Waits for all of them, and answers their values in the order in which they were given.
 *
 * They take turns inside one task: while one waits, the others run. If one throws, the others are
 * still run to their end; then the error that stands first is thrown.
 *
 * **Order:** every wake polls all that are unfinished, each time starting with the next one.
 * **Cancel safety:** that of each of them; values that were there already are dropped.
 *
 * @example
 * ```ts
 * function* water(): Async<string> { yield* sleep(secs(3)); return 'hot water'; }
 * function* cups(): Async<number> { yield* sleep(secs(2)); return 2; }
 * yield* join(water(), cups()); // => ['hot water', 2]
 * now(); // => 3000
 * ```
 */
export function join<F extends readonly Awaitable<unknown>[]>(...futures: F): Future<Outputs<F>> {
  return new Join<Outputs<F>>('join()', futures, false);
}

/**
 * Waits for all of them like {@link join}, but gives up at the first that throws: the others are
 * dropped where they wait, and the error is thrown.
 *
 * **Order** and **Cancel safety:** as `join`.
 *
 * @example
 * ```ts
 * function* fail(): Async<never> { yield* sleep(1); throw new Error('no cups'); }
 * try {
 *   yield* tryJoin(sleep(secs(10)), fail());
 * } catch (error) {
 *   (error as Error).message; // => 'no cups'
 * }
 * now(); // => 1
 * ```
 */
export function tryJoin<F extends readonly Awaitable<unknown>[]>(...futures: F): Future<Outputs<F>> {
  return new Join<Outputs<F>>('tryJoin()', futures, true);
}

/** A few futures that are all polled at every wake. */
export class Join<T> extends Future<T> {
  readonly #name: string;
  readonly #branches: Branch[];
  readonly #giveUpEarly: boolean;
  readonly #rotates: boolean;
  /** Which one is polled first next time, so that a greedy one does not always eat the budget. */
  #start = 0;
  #done = false;

  constructor(name: string, futures: readonly Awaitable<unknown>[], giveUpEarly: boolean, rotates = true) {
    super();
    this.#name = name;
    this.#branches = futures.map((future) => ({ state: 'running', future: asFuture(future, name) }) as const);
    this.#giveUpEarly = giveUpEarly;
    this.#rotates = rotates;
  }

  override get label(): string {
    return this.#name;
  }

  override poll(cx: Context): Poll<T> {
    const count = this.#branches.length;
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    const start = this.#start;
    this.#start = !this.#rotates || start + 1 >= count ? 0 : start + 1;

    let pending = false;
    for (let i = 0; i < count; i++) {
      if (this.#pollBranch((start + i) % count, cx)) pending = true;
    }
    return pending ? Pending : (this.#take() as T);
  }

  /** Answers whether the branch is unfinished. */
  #pollBranch(index: number, cx: Context): boolean {
    const branch = this.#branches[index] as Branch;
    if (branch.state !== 'running') return false;
    try {
      const value = pollFuture(branch.future, cx);
      if (value === Pending) return true;
      this.#branches[index] = { state: 'done', value };
    } catch (error) {
      this.#branches[index] = { state: 'failed', error };
      if (!this.#giveUpEarly) return false;
      dropQuietly(() => this.drop());
      throw error;
    }
    return false;
  }

  /** All are finished. */
  #take(): unknown[] {
    this.#done = true;
    const failed = this.#branches.find((branch) => branch.state === 'failed');
    if (failed !== undefined) {
      this.drop();
      throw failed.error;
    }
    return this.#branches.splice(0).map((branch) => (branch.state === 'done' ? branch.value : undefined));
  }

  override drop(): void {
    this.#done = true;
    // Futures and values in one order, that of the branches.
    dropEach(this.#branches.splice(0), (branch) => {
      if (branch.state === 'running') dropFuture(branch.future);
      else if (branch.state === 'done') drop(branch.value);
    });
  }
}
