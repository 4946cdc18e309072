/**
 * Waiting for tasks that nobody joins: how many are there still?
 *
 * From tokio-util. With a {@link CancellationToken} it makes a graceful shutdown: cancel, close,
 * wait. Unlike a `JoinSet` it keeps nothing of a task that is over, so it may see millions.
 *
 * @module
 */
import { type Context, currentExecutor } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { type Awaitable, asFuture, dropFuture, Future, Pending, type Poll, pollFuture } from '../future.ts';
import type { JoinHandle } from '../join-handle.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { type SpawnOptions, spawn } from '../spawn.ts';
import { stand, type Ticket, WaitLine } from './wait-line.ts';

/** What a tracker and those who wait for it share. */
class State extends Resource {
  readonly line = new WaitLine();
  length = 0;
  closed = false;
  /** How often it was closed and empty. */
  rounds = 0;

  override get kind(): ResourceKind {
    return 'tracker';
  }

  get isOver(): boolean {
    return this.closed && this.length === 0;
  }

  tellIfOver(): void {
    if (!this.isOver) return;
    this.rounds += 1;
    for (const { waker } of this.line.leaveAll()) waker.wake(this);
  }
}

/**
 * Counts tasks, and tells when the last one is over.
 *
 * @example
 * ```ts
 * const tracker = new TaskTracker();
 * for (const ms of [10, 20]) tracker.spawn(sleep(ms));
 * tracker.close(); // No more will come: now it is worth waiting.
 * yield* tracker.wait();
 * now(); // => 20
 * ```
 */
export class TaskTracker {
  readonly #state = new State();

  /** How many are not over yet. */
  get length(): number {
    return this.#state.length;
  }

  /** Is none left? */
  isEmpty(): boolean {
    return this.#state.length === 0;
  }

  /** Was it closed? */
  isClosed(): boolean {
    return this.#state.closed;
  }

  /** Spawns a task and counts it until it is over, however it ends. */
  spawn<T>(future: Awaitable<T>, options?: SpawnOptions): JoinHandle<T> {
    currentExecutor('TaskTracker.spawn()'); // Or a token would be left behind.
    return spawn(this.trackFuture(future), options);
  }

  /** Counts a future until it is over or dropped: from now on, not from its first poll. */
  trackFuture<T>(future: Awaitable<T>): Future<T> {
    return new Tracked(asFuture(future, 'trackFuture()') as Awaitable<T>, this.token());
  }

  /** Counts as one more until it is disposed. */
  token(): TaskTrackerToken {
    return new TaskTrackerToken(this.#state);
  }

  /**
   * Lets those who wait go on as soon as none is left. Tasks may be added all the same. Answers
   * `false` if it was closed already.
   */
  close(): boolean {
    const state = this.#state;
    if (state.closed) return false;
    state.closed = true;
    state.tellIfOver();
    return true;
  }

  /** Makes those who wait from now on wait for another {@link close}. Answers `false` if it was open. */
  reopen(): boolean {
    const wasClosed = this.#state.closed;
    this.#state.closed = false;
    return wasClosed;
  }

  /**
   * Waits until the tracker is closed and none is left. Also for one moment: whoever waited then
   * goes on, even if a task was added since.
   *
   * **Order:** first come, first woken. **Cancel safety:** nothing is lost.
   */
  wait(): Future<void> {
    return new Wait(this.#state);
  }
}

/** Counts as a task of its {@link TaskTracker} until it is disposed. */
export class TaskTrackerToken implements Disposable {
  #state: State | undefined;

  /** @internal */
  constructor(state: State) {
    this.#state = state;
    state.length += 1;
  }

  [Symbol.dispose](): void {
    const state = this.#state;
    this.#state = undefined;
    if (state === undefined) return;
    state.length -= 1;
    state.tellIfOver();
  }
}

class Wait extends Future<void> {
  readonly #state: State;
  /** Undefined if there was nothing to wait for from the start. */
  readonly #round: number | undefined;
  #ticket: Ticket | undefined = undefined;

  constructor(state: State) {
    super();
    this.#state = state;
    this.#round = state.isOver ? undefined : state.rounds;
  }

  override get label(): string {
    return 'wait()';
  }

  override get awaited(): Resource {
    return this.#state;
  }

  override poll(cx: Context): Poll<void> {
    if (this.#round !== this.#state.rounds) return undefined;
    this.#ticket = stand(this.#state.line, this.#ticket, cx);
    return Pending;
  }

  override drop(): void {
    this.#state.line.leave(this.#ticket);
  }
}

class Tracked<T> extends Future<T> {
  readonly #future: Awaitable<T>;
  readonly #token: TaskTrackerToken;
  #done = false;

  constructor(future: Awaitable<T>, token: TaskTrackerToken) {
    super();
    this.#future = future;
    this.#token = token;
  }

  override get label(): string {
    return 'trackFuture()';
  }

  override poll(cx: Context): Poll<T> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    let pending = false;
    try {
      const answer = pollFuture(this.#future, cx);
      pending = answer === Pending;
      return answer;
    } finally {
      if (!pending) this.#end();
    }
  }

  #end(): void {
    this.#done = true;
    this.#token[Symbol.dispose]();
  }

  override drop(): void {
    if (this.#done) return;
    try {
      dropFuture(this.#future);
    } finally {
      this.#end();
    }
  }
}
