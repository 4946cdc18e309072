/**
 * One future that an executor polls.
 *
 * ```text
 *  spawn ─▶ queued ─▶ running ─┬─▶ done        the poll answered a value, or threw
 *             ▲          │     │
 *             │          ▼     └─▶ cancelled   it was aborted: dropped instead of polled
 *             └──────  idle                    the poll answered Pending
 *               wake()
 * ```
 *
 * *Queued* means that the ready queue holds this task exactly once. A wake while it runs is
 * remembered, and turns the way to idle into a way to the back of the queue: forgetting it would
 * be the lost wake-up, the classic bug. Several wakes before it runs are one poll.
 *
 * @module
 */
import { AbortHandle } from './abort-handle.ts';
import { refill, restore } from './budget.ts';
import { Context, current, enter, leave, Waker, type WakeSource } from './context.ts';
import { ForgottenAwaitError, messageOf } from './errors.ts';
import type { Executor } from './executor.ts';
import { type Awaitable, dropFuture, Future, isGenerator, Pending, type Poll, pollFuture } from './future.ts';
import { calling, JoinError } from './join-error.ts';
import type { Resource } from './resource.ts';

/** How a task ended: with a value, or with the reason why there is none. */
export type Result<T> = { readonly value: T } | { readonly error: JoinError };

/** A spawned future, or the main one. Its waker is the task itself. */
export class Task<T = unknown> extends Waker {
  /** 0 is the main future. */
  readonly id: number;
  /** How often it was polled. */
  polls = 0;
  /** How it ended; kept until somebody joins it. */
  result: Result<T> | undefined = undefined;
  /** Invariant: `true` from the moment it is ready, dropped or has thrown. */
  done = false;
  /** Whom to wake when it is done. */
  joiner: Waker | undefined = undefined;
  /** Nobody can ask for its value any more. */
  detached = false;
  /** Its waker was given to somebody we do not know, who may call it at any time. */
  wakerEscaped = false;
  /** Invariant: `true` exactly while the ready queue holds it (the main future: while it is to be polled). */
  queued = false;
  /** Its neighbours among the unfinished tasks. See {@link Unfinished}. */
  before: Task | undefined = undefined;
  after: Task | undefined = undefined;

  readonly #name: string | undefined;
  readonly #executor: Executor;
  #future: Awaitable<T> | undefined;
  #running = false;
  #aborted = false;
  #abortHandle: AbortHandle | undefined = undefined;

  /**
   * @param name none if it is called by its number.
   * @param future none if somebody else runs it.
   */
  constructor(executor: Executor, id: number, name: string | undefined, future?: Awaitable<T>) {
    super();
    this.id = id;
    this.#name = name;
    this.#executor = executor;
    this.#future = future;
  }

  /** Made when it is asked for: a million tasks would keep a million strings of 32 bytes that nobody reads. */
  get name(): string {
    return this.#name ?? `task ${this.id}`;
  }

  /** What a joiner waits for. */
  get awaited(): Resource | Task {
    return this as Task;
  }

  /** See {@link Context.waker}. */
  wakerWasTaken(): void {
    this.wakerEscaped = true;
  }

  override get task(): Task {
    return this as Task;
  }

  override wake(by?: WakeSource): void {
    if (this.done || this.queued) return;
    this.queued = true;
    this.#executor.tracer?.woken(this as Task, by);
    // While it runs, the end of its poll puts it at the back of the queue.
    if (!this.#running) this.#executor.schedule(this as Task);
  }

  /**
   * Asks for the task to be dropped. It happens in its turn, not at once: until then it is not
   * finished. A task that aborts itself runs on to its next wait.
   */
  abort(): void {
    if (this.done) return;
    this.#aborted = true;
    this.wake('abort');
  }

  /** The handle that aborts it: one for all who ask. */
  abortHandle(): AbortHandle {
    this.#abortHandle ??= new AbortHandle(this as Task);
    return this.#abortHandle;
  }

  /** Its turn: one poll, or the drop if it was aborted. */
  run(): void {
    this.queued = false;
    if (this.#aborted) {
      this.cancel();
      return;
    }

    this.#running = true;
    this.polls += 1;
    const { tracer } = this.#executor;
    tracer?.pollStarted(this as Task);
    const previous = this.#enter();
    const budget = refill();
    let answer: Poll<T>;
    try {
      answer = pollFuture(this.#future as Awaitable<T>, current as Context);
    } catch (error) {
      this.#leave(previous, budget);
      tracer?.pollEnded(this as Task, 'panicked');
      this.complete({ error: JoinError.panic(this.id, this.name, error) });
      return;
    }
    this.#leave(previous, budget);

    if (answer !== Pending) {
      tracer?.pollEnded(this as Task, 'ready');
      this.complete({ value: answer });
    } else if (this.#aborted) {
      tracer?.pollEnded(this as Task, 'aborted');
      this.cancel();
    } else {
      tracer?.pollEnded(this as Task, 'pending');
      if (this.queued) this.#executor.schedule(this as Task);
    }
  }

  /**
   * Makes it the task that runs. Its context is made anew each time: that costs a poll less than a
   * nanosecond, and keeping it would cost every task that waits 56 bytes.
   */
  #enter(): Context | undefined {
    return enter(new Context(this, this as Task, this.#executor));
  }

  #leave(previous: Context | undefined, budget: number): void {
    this.#running = false;
    restore(budget);
    leave(previous);
  }

  /** Drops the future, wherever it waits. */
  cancel(): void {
    if (this.done) return;
    this.queued = true; // Its own drops may wake it; it will not be polled again.
    const previous = this.#enter();
    let error = JoinError.cancelled(this.id, this.name);
    try {
      dropFuture(this.#future as Awaitable<T>);
    } catch (thrown) {
      error = JoinError.panic(this.id, this.name, thrown);
    } finally {
      leave(previous);
    }
    this.complete({ error });
  }

  protected complete(result: Result<T>): void {
    this.done = true;
    this.queued = false;
    this.#future = undefined;
    this.#abortHandle?.letGo();
    this.result = result;
    this.tell(result);
    this.#executor.forget(this as Task);

    const { joiner } = this;
    this.joiner = undefined;
    this.tellJoiner(joiner);
  }

  protected tellJoiner(joiner: Waker | undefined): void {
    if (joiner === undefined && !this.detached) return;
    const previous = this.#enter();
    try {
      if (this.detached) this.dropOutput();
      // The joiner learns it from this task, so this task is the one that wakes it.
      joiner?.wake();
    } finally {
      leave(previous);
    }
  }

  protected tell(result: Result<T>): void {
    const { tracer } = this.#executor;
    if ('value' in result) {
      tracer?.emit({ kind: 'task.completed', task: tracer.ref(this as Task), outcome: 'ok', error: null });
      if (isUnawaited(result.value)) {
        this.#executor.warn(new ForgottenAwaitError(`the end of ${calling(this.id, this.name)}`, result.value).message);
      }
    } else if (result.error.isCancelled()) {
      tracer?.cancelled(this as Task, this.#executor.autopsy !== undefined);
    } else {
      const error = messageOf(result.error.cause);
      tracer?.emit({ kind: 'task.completed', task: tracer.ref(this as Task), outcome: 'panicked', error });
      if (this.id !== 0) this.#executor.panics.add(this as Task, result.error);
    }
  }

  /** Hands the result over, once. */
  takeResult(): Result<T> | undefined {
    const { result } = this;
    this.result = undefined;
    this.#executor.panics.delete(this as Task);
    return result;
  }

  /** Nobody will ask for the result. */
  dropOutput(): void {
    this.detached = true;
    const { result } = this;
    this.result = undefined;
    if (result === undefined) return;
    try {
      if ('value' in result) drop(result.value);
    } catch (error) {
      this.#executor.panics.add(this as Task, JoinError.panic(this.id, this.name, error));
    }
    this.#executor.panics.report(this as Task);
  }
}

/** Drops a value that nobody will use: disposes it, if it can be disposed. */
export function drop(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  if (!(value instanceof Future) && isGenerator(value)) dropFuture(value);
  else if (Symbol.dispose in value) (value as Disposable)[Symbol.dispose]();
}

function isUnawaited(value: unknown): boolean {
  // A handle or the receiver of a oneshot channel is a value as well: it may be handed on.
  if (value instanceof Future) return !value.mayBeIgnored;
  return typeof value === 'object' && value !== null && isGenerator(value);
}
