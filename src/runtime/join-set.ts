/**
 * A set of tasks: started together, joined in the order in which they end.
 *
 * ```text
 *   set.spawn(a) ─┐              ┌─▶ joinNext()   whoever has finished first
 *   set.spawn(b) ─┼─▶  members ──┤
 *   set.spawn(c) ─┘              └─▶ dispose      aborts those that are left
 * ```
 *
 * A handle that is dropped detaches its task, a set that is dropped aborts its tasks: with `using`
 * no task outlives the block that has started it.
 *
 * @module
 */
import type { AbortHandle } from './abort-handle.ts';
import type { BlockingFunction } from './blocking/blocking-module.ts';
import { startBlocking } from './blocking/spawn-blocking.ts';
import { type Context, currentExecutor } from './context.ts';
import { PolledAfterCompletionError } from './errors.ts';
import { type Awaitable, asFuture, dropEach, dropQuietly, Future, Pending, type Poll } from './future.ts';
import { Members } from './members.ts';
import type { Resource } from './resource.ts';
import type { SpawnOptions } from './spawn.ts';
import { drop, type Task } from './task.ts';

/** A member that has finished. */
export interface Joined<T> {
  /** The task's number. */
  readonly id: number;
  /** The task's name. */
  readonly name: string;
  /** What it answered. */
  readonly value: T;
}

/**
 * Tasks that belong together. Disposing the set aborts those that have not ended; so does `using`
 * at the end of its block.
 *
 * @example
 * ```ts
 * function* boil(what: string, minutes: number): Async<string> {
 *   yield* sleep(secs(60 * minutes));
 *   return what;
 * }
 * using pots = new JoinSet<string>();
 * pots.spawn(boil('rice', 12));
 * pots.spawn(boil('tea', 3));
 *
 * const first = yield* pots.joinNext();
 * first?.value; // => 'tea'
 * pots.length; // => 1
 * ```
 */
export class JoinSet<T> implements Disposable {
  readonly #members = new Members<T>();

  /** How many tasks are in the set: those that run, and those that have ended and were not joined. */
  get length(): number {
    return this.#members.length;
  }

  /** Is there none left to join? */
  isEmpty(): boolean {
    return this.length === 0;
  }

  /**
   * Starts a task that belongs to the set. Answers the right to abort it.
   *
   * **Order:** as `spawn`.
   *
   * @throws what `spawn` throws.
   */
  spawn(future: Awaitable<T>, options: SpawnOptions = {}): AbortHandle {
    const executor = currentExecutor('JoinSet.spawn()');
    const task = executor.spawn<T>(asFuture(future, 'JoinSet.spawn()') as Awaitable<T>, options.name);
    this.#members.add(task);
    return task.abortHandle();
  }

  /**
   * Runs a function on another thread, as a member of the set. See {@link spawnBlocking}: what can
   * go there, and why a call that has started cannot be aborted.
   *
   * @throws what `spawnBlocking` throws.
   *
   * @example
   * ```ts
   * using sums = new JoinSet<number>();
   * sums.spawnBlocking((a: number, b: number) => a + b, 1, 2);
   * (yield* sums.joinNext())?.value; // => 3
   * ```
   */
  spawnBlocking<A extends readonly unknown[]>(
    fn: ((...args: A) => T | Promise<T>) | BlockingFunction<A, T | Promise<T>>,
    ...args: A
  ): AbortHandle {
    const executor = currentExecutor('JoinSet.spawnBlocking()');
    const task = startBlocking<T | Promise<T>>(executor, fn, args) as Task as Task<T>;
    this.#members.add(task);
    return task.abortHandle();
  }

  /**
   * Waits until a member has ended, takes it out of the set and answers its value; `undefined` at
   * once if the set is empty.
   *
   * **Order:** whoever ended first comes first.
   * **Cancel safety:** nothing is lost.
   *
   * @throws {JoinError} if that member threw or was aborted. It is out of the set as well.
   *
   * @example
   * ```ts
   * const set = new JoinSet<string>();
   * set.spawn(function* () { throw new Error('dry'); }(), { name: 'kettle' });
   * try {
   *   yield* set.joinNext();
   * } catch (error) {
   *   (error as JoinError).message; // => 'task kettle panicked: dry'
   * }
   * yield* set.joinNext(); // => undefined
   * ```
   */
  joinNext(): Future<Joined<T> | undefined> {
    return new JoinNext(this.#members);
  }

  /**
   * Like {@link joinNext}, but does not wait: `undefined` if nobody has ended so far. It costs no
   * budget.
   *
   * @throws {JoinError} if that member threw or was aborted.
   */
  tryJoinNext(): Joined<T> | undefined {
    const task = this.#members.tryFinished();
    return task === undefined ? undefined : joined(task);
  }

  /**
   * Waits for all of them, and answers their values in the order in which they ended.
   *
   * The set is used up: if a member threw, that is thrown here, and the others are aborted; if one
   * was aborted, its {@link JoinError} is thrown.
   *
   * **Cancel safety:** data may be lost: the values so far. The members are aborted.
   *
   * @example
   * ```ts
   * const set = new JoinSet<number>();
   * for (const ms of [30, 10, 20]) {
   *   set.spawn(function* () { yield* sleep(ms); return ms; }());
   * }
   * yield* set.joinAll(); // => [10, 20, 30]
   * ```
   */
  joinAll(): Future<T[]> {
    return new JoinAll(this.#members);
  }

  /**
   * Aborts all members and waits until they are gone. Values are dropped.
   *
   * **Cancel safety:** nothing is lost: whoever was aborted stays so, and is still in the set.
   */
  shutdown(): Future<void> {
    return new Shutdown(this.#members);
  }

  /**
   * Asks all members to be dropped. They stay in the set: `joinNext` reports each of them.
   *
   * **Order:** the first that was spawned is dropped first, each in its turn.
   */
  abortAll(): void {
    this.#members.abortAll();
  }

  /** Takes all members out of the set. They run on, and nobody hears how they end. */
  detachAll(): void {
    this.#members.detachAll();
  }

  /** Aborts all members and lets go of them: nobody hears how they end. */
  [Symbol.dispose](): void {
    this.#members.detachAll(true);
  }
}

/** Hands over how a member ended. */
function joined<T>(task: Task<T>): Joined<T> {
  const result = task.takeResult() as NonNullable<typeof task.result>;
  if ('error' in result) throw result.error;
  return { id: task.id, name: task.name, value: result.value };
}

/** A question to a set. It is answered once. */
abstract class Question<T, A> extends Future<A> {
  protected readonly members: Members<T>;
  protected done = false;

  constructor(members: Members<T>) {
    super();
    this.members = members;
  }

  override get awaited(): Resource {
    return this.members;
  }

  override poll(cx: Context): Poll<A> {
    if (this.done) throw new PolledAfterCompletionError(this.label);
    this.done = true; // An error is an answer as well.
    const answer = this.ask(cx);
    this.done = answer !== Pending;
    return answer;
  }

  override drop(): void {
    this.members.givenUp(this);
  }

  protected abstract ask(cx: Context): Poll<A>;
}

class JoinNext<T> extends Question<T, Joined<T> | undefined> {
  override get label(): string {
    return 'joinNext()';
  }

  protected override ask(cx: Context): Poll<Joined<T> | undefined> {
    const task = this.members.pollFinished(cx, this);
    if (task === Pending || task === undefined) return task;
    return joined(task);
  }
}

class JoinAll<T> extends Question<T, T[]> {
  #values: T[] = [];

  override get label(): string {
    return 'joinAll()';
  }

  protected override ask(cx: Context): Poll<T[]> {
    for (;;) {
      const task = this.members.pollFinished(cx, this);
      if (task === Pending) return Pending;
      if (task === undefined) return this.#values;
      const result = task.takeResult() as NonNullable<typeof task.result>;
      if ('error' in result) {
        dropQuietly(() => this.#giveUp());
        // As in Rust: a panic goes on with what was thrown, a cancellation becomes one.
        throw result.error.isPanic() ? result.error.cause : result.error;
      }
      this.#values.push(result.value);
    }
  }

  override drop(): void {
    super.drop();
    if (this.done) return;
    this.done = true;
    this.#giveUp();
  }

  #giveUp(): void {
    try {
      dropEach(this.#values.splice(0), drop);
    } finally {
      this.members.detachAll(true);
    }
  }
}

class Shutdown<T> extends Question<T, void> {
  #aborted = false;

  override get label(): string {
    return 'shutdown()';
  }

  protected override ask(cx: Context): Poll<void> {
    if (!this.#aborted) this.members.abortAll();
    this.#aborted = true;
    for (;;) {
      const task = this.members.pollFinished(cx, this);
      if (task === Pending || task === undefined) return task;
      task.dropOutput();
    }
  }
}
