/**
 * Racing futures: the first that is ready wins, and the others are dropped.
 *
 * @module
 */
import { mayProceed } from '../budget.ts';
import { type Context, tracing } from '../context.ts';
import { PolledAfterCompletionError, RuntimeError } from '../errors.ts';
import {
  type Awaitable,
  asFuture,
  dropEach,
  dropFuture,
  dropQuietly,
  Future,
  Pending,
  type Poll,
  pollFuture,
} from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { drop } from '../task.ts';
import { Lent } from './ref.ts';

/** Every branch of a select is disabled, and it has no `else`. */
export class AllBranchesDisabledError extends RuntimeError {
  constructor() {
    // Tokio's words.
    super('all branches are disabled and there is no else branch');
  }
}

/** A branch with conditions. Made by {@link branch}. */
export class Branch<T> {
  readonly future: Awaitable<unknown>;
  readonly enabled: boolean;
  readonly matches: ((value: never) => boolean) | undefined;
  declare readonly _output: T;

  /** @internal */
  constructor(future: Awaitable<unknown>, enabled: boolean, matches: ((value: never) => boolean) | undefined) {
    this.future = future;
    this.enabled = enabled;
    this.matches = matches;
  }
}

/** Conditions of a {@link branch}. */
export interface BranchOptions<T, U extends T = T> {
  /** The branch takes part only if this is true: `, if ready` in Rust. @default true */
  readonly if?: boolean;
  /** A value that does not match does not win; its branch is out: the pattern in Rust. */
  readonly matches?: (value: T) => value is U;
}

/**
 * A branch of `select` with a precondition, or one that wins only with certain values.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<string>(1);
 * tx[Symbol.dispose]();
 * const isMessage = (value: string | undefined): value is string => value !== undefined;
 * const winner = yield* select(
 *   { message: branch(rx.recv(), { matches: isMessage }) },
 *   { else: () => 'closed' },
 * );
 * winner; // => { branch: 'else', value: 'closed' }
 * ```
 */
export function branch<T, U extends T = T>(future: Awaitable<T>, options: BranchOptions<T, U> = {}): Branch<U> {
  return new Branch<U>(
    asFuture(future, 'branch()'),
    options.if ?? true,
    options.matches as ((value: never) => boolean) | undefined,
  );
}

/** The branches of a select: futures, branches with conditions, or `undefined` and `false` for disabled ones. */
export type Branches = Readonly<Record<string, Awaitable<unknown> | Branch<unknown> | undefined | false>>;

type BranchOutput<B> = B extends Branch<infer T> ? T : B extends Awaitable<infer T> ? T : never;

/** Which branch won, with its value. */
export type Winner<B extends Branches> = {
  [K in keyof B & string]: { readonly branch: K; readonly value: BranchOutput<Exclude<B[K], undefined | false>> };
}[keyof B & string];

/** Options of {@link select}. */
export interface SelectOptions<E> {
  /** Poll the branches in the order in which they stand, not from a random one on. @default false */
  readonly biased?: boolean;
  /** What to answer when every branch is disabled. Without it that is an error. */
  readonly else?: () => E;
}

/**
 * Waits for whichever is ready first, and drops the others where they wait.
 *
 * `ref(future)` lends a future instead: it is not dropped. A branch that throws ends the select
 * with its error.
 *
 * **Order:** every wake polls all branches, starting at a random one (by the runtime's seed), or in
 * order if `biased`, until one is ready. Losers are dropped in order before the answer is given.
 * **Cancel safety:** that of each branch: look there for what is lost when it loses.
 *
 * @throws {AllBranchesDisabledError} if no branch is enabled and there is no `else`.
 *
 * @example
 * ```ts
 * function* network(): Async<string> { yield* sleep(secs(3)); return 'fresh'; }
 * function* cache(): Async<string> { yield* sleep(secs(1)); return 'stale'; }
 * yield* select({ network: network(), cache: cache() }); // => { branch: 'cache', value: 'stale' }
 * now(); // => 1000
 * ```
 */
export function select<const B extends Branches>(
  branches: B,
  options?: SelectOptions<never> & { readonly else?: never },
): Future<Winner<B>>;
export function select<const B extends Branches, E>(
  branches: B,
  options: SelectOptions<E>,
): Future<Winner<B> | { readonly branch: 'else'; readonly value: E }>;
export function select<B extends Branches, E>(branches: B, options: SelectOptions<E> = {}): Future<unknown> {
  return new Select(branches, options);
}

/** One branch on its way. */
interface Entry {
  readonly name: string;
  readonly future: Awaitable<unknown> | undefined;
  readonly matches: ((value: never) => boolean) | undefined;
  /** It does not take part, or has answered. */
  out: boolean;
  /** It has answered, so that there is nothing to drop. */
  finished: boolean;
}

class Race extends Resource {
  override get kind(): ResourceKind {
    return 'select';
  }
}

class Select<E> extends Future<{ branch: string; value: unknown }> {
  readonly #race = new Race();
  readonly #biased: boolean;
  readonly #else: (() => E) | undefined;
  readonly #entries: Entry[];
  #done = false;

  constructor(branches: Branches, options: SelectOptions<E>) {
    super();
    this.#biased = options.biased ?? false;
    this.#else = options.else;
    this.#entries = Object.entries(branches).map(([name, given]) => {
      if (given === undefined || given === false) {
        return { name, future: undefined, matches: undefined, out: true, finished: true };
      }
      const { future, enabled, matches } = given instanceof Branch ? given : new Branch(given, true, undefined);
      return { name, future: asFuture(future, `select() branch ${name}`), matches, out: !enabled, finished: false };
    });
  }

  override get label(): string {
    return `select(${this.#entries.map(({ name }) => name).join(', ')})`;
  }

  override poll(cx: Context): Poll<{ branch: string; value: unknown }> {
    // With the budget used up no branch would answer; those without one must not outrun the rest.
    if (!mayProceed(cx)) return Pending;
    if (this.#done) throw new PolledAfterCompletionError(this.label);

    const entries = this.#entries;
    const start = this.#biased || entries.length < 2 ? 0 : (cx.executor?.choices.firstBranch(entries.length) ?? 0);
    let pending = false;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[(start + i) % entries.length] as Entry;
      if (entry.out) continue;
      const value = this.#pollEntry(entry, cx);
      if (value === Pending) {
        pending = true;
        continue;
      }
      entry.out = true;
      entry.finished = true;
      if (!this.#wins(entry, value)) {
        drop(value);
        continue;
      }
      return { branch: entry.name, value };
    }
    if (pending) return Pending;

    this.drop();
    if (this.#else === undefined) throw new AllBranchesDisabledError();
    return { branch: 'else', value: this.#else() };
  }

  #pollEntry(entry: Entry, cx: Context): unknown {
    try {
      return pollFuture(entry.future as Awaitable<unknown>, cx);
    } catch (error) {
      entry.finished = true;
      dropQuietly(() => this.drop());
      throw error;
    }
  }

  /** Does the value match? Then the losers are dropped. If either throws, nobody gets the value. */
  #wins(entry: Entry, value: unknown): boolean {
    try {
      if (entry.matches !== undefined && !entry.matches(value as never)) return false;
      tracing()?.op(this.#race, { op: 'won', branch: entry.name });
      this.drop();
      return true;
    } catch (error) {
      dropEach([() => this.drop(), () => drop(value)], (dropIt) => dropIt());
      throw error;
    }
  }

  override drop(): void {
    this.#done = true;
    dropEach(this.#entries.splice(0), ({ name, future, finished }) => {
      if (finished || future === undefined) return;
      if (!(future instanceof Lent)) tracing()?.op(this.#race, { op: 'dropped', branch: name });
      dropFuture(future);
    });
  }
}
