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
import { type Context, enter, leave, tracerOf, Waker, type WakeSource } from './context.ts';
import { ForgottenAwaitError, messageOf } from './errors.ts';
import type { Executor } from './executor.ts';
import {
  type Async,
  type Awaitable,
  dropFuture,
  Future,
  isGenerator,
  Pending,
  type Poll,
  pollFuture,
  resume,
} from './future.ts';
import { calling, JoinError } from './join-error.ts';
import type { Resource } from './resource.ts';

/** How a task ended: with a value, or with the reason why there is none. */
export type Result<T> = { readonly value: T } | { readonly error: JoinError };

/**
 * What is true of a task, a bit each. As a field each they would say the same; as they are one, a task
 * takes 70 bytes less, and a million tasks take that a million times.
 */
const DONE = 1;
const QUEUED = 2;
const RUNNING = 4;
const ABORTED = 8;
const DETACHED = 16;
const WAKER_ESCAPED = 32;
const IS_GENERATOR = 64;
const HAS_ABORT_HANDLE = 128;
/** It is done, and what it ended with is still there. */
const HAS_RESULT = 256;
/** What it ended with is an error. */
const HAS_FAILED = 512;

/** The handles that were asked for. Few tasks have one, so that it is no field. */
const abortHandles = new WeakMap<Task, AbortHandle>();

/**
 * A spawned future, or the main one. It is its own waker, and the context of its own polls: what a
 * poll has to know is what a task is, and a context apart would take 5 ns a poll to make, or 56 bytes
 * to keep.
 */
export class Task<T = unknown> extends Waker implements Context {
  /** 0 is the main future. */
  readonly id: number;
  /** How often it was polled. */
  polls = 0;
  /** Its neighbours among the unfinished tasks. See {@link Unfinished}. */
  before: Task | undefined = undefined;
  after: Task | undefined = undefined;

  readonly #name: string | undefined;
  readonly executor: Executor;
  #future: Awaitable<T> | undefined;
  #is = 0;
  /** Whom to wake when it is done; and once it is, its value or its error. */
  #end: Waker | T | JoinError | undefined = undefined;

  /**
   * @param name none if it is called by its number.
   * @param future none if somebody else runs it.
   */
  constructor(executor: Executor, id: number, name: string | undefined, future?: Awaitable<T>) {
    super();
    this.id = id;
    this.#name = name;
    this.executor = executor;
    this.#future = future;
    if (future !== undefined && !(future instanceof Future)) this.#is = IS_GENERATOR;
  }

  /** Made when it is asked for: a million tasks would keep a million strings of 32 bytes that nobody reads. */
  get name(): string {
    return this.#name ?? `task ${this.id}`;
  }

  /** Invariant: `true` from the moment it is ready, dropped or has thrown. */
  get done(): boolean {
    return (this.#is & DONE) !== 0;
  }

  /** Invariant: `true` exactly while the ready queue holds it (the main future: while it is to be polled). */
  get queued(): boolean {
    return (this.#is & QUEUED) !== 0;
  }

  /** Whoever spawns it puts it into the queue, not woken by anybody. */
  isQueued(): void {
    this.#is |= QUEUED;
  }

  /** Nobody can ask for its value any more. */
  get detached(): boolean {
    return (this.#is & DETACHED) !== 0;
  }

  /** Its waker was given to somebody we do not know, who may call it at any time. */
  get wakerEscaped(): boolean {
    return (this.#is & WAKER_ESCAPED) !== 0;
  }

  /** How it ended; kept until somebody joins it. */
  get result(): Result<T> | undefined {
    if ((this.#is & HAS_RESULT) === 0) return undefined;
    return (this.#is & HAS_FAILED) === 0 ? { value: this.#end as T } : { error: this.#end as JoinError };
  }

  /** Wakes this one when it is done. If it is done already, nobody. */
  set joiner(joiner: Waker | undefined) {
    if (!this.done) this.#end = joiner;
  }

  /** What a joiner waits for. */
  get awaited(): Resource | Task {
    return this as Task;
  }

  /** See {@link Context.waker}. */
  wakerWasTaken(): void {
    this.#is |= WAKER_ESCAPED;
  }

  override get task(): Task {
    return this as Task;
  }

  get leafWaker(): Waker {
    return this;
  }

  get waker(): Waker {
    this.wakerWasTaken();
    return this;
  }

  override wake(by?: WakeSource): void {
    if ((this.#is & (DONE | QUEUED)) !== 0) return;
    this.#is |= QUEUED;
    tracerOf(this.executor)?.woken(this as Task, by);
    // While it runs, the end of its poll puts it at the back of the queue.
    if ((this.#is & RUNNING) === 0) this.executor.schedule(this as Task);
  }

  /**
   * Asks for the task to be dropped. It happens in its turn, not at once: until then it is not
   * finished. A task that aborts itself runs on to its next wait.
   */
  abort(): void {
    if (this.done) return;
    this.#is |= ABORTED;
    this.wake('abort');
  }

  /** The handle that aborts it: one for all who ask. */
  abortHandle(): AbortHandle {
    const known = abortHandles.get(this as Task);
    if (known !== undefined) return known;
    const handle = new AbortHandle(this as Task);
    abortHandles.set(this as Task, handle);
    this.#is |= HAS_ABORT_HANDLE;
    return handle;
  }

  /** Its turn: one poll, or the drop if it was aborted. */
  run(): void {
    this.#is &= ~QUEUED;
    if ((this.#is & ABORTED) !== 0) {
      this.cancel();
      return;
    }

    this.#is |= RUNNING;
    this.polls += 1;
    const tracer = tracerOf(this.executor);
    tracer?.pollStarted(this as Task);
    const previous = enter(this as Task);
    const budget = refill();
    let answer: Poll<T>;
    try {
      answer =
        (this.#is & IS_GENERATOR) !== 0 && tracer === undefined
          ? resume(this.#future as Async<T>)
          : pollFuture(this.#future as Awaitable<T>, this as Task);
    } catch (error) {
      this.#is &= ~RUNNING;
      restore(budget);
      leave(previous);
      tracer?.pollEnded(this as Task, 'panicked');
      this.complete({ error: JoinError.panic(this.id, this.name, error) });
      return;
    }
    this.#is &= ~RUNNING;
    restore(budget);
    leave(previous);

    if (answer !== Pending) {
      tracer?.pollEnded(this as Task, 'ready');
      this.complete({ value: answer });
    } else if ((this.#is & ABORTED) !== 0) {
      tracer?.pollEnded(this as Task, 'aborted');
      this.cancel();
    } else {
      tracer?.pollEnded(this as Task, 'pending');
      if (this.queued) this.executor.schedule(this as Task);
    }
  }

  /** Drops the future, wherever it waits. */
  cancel(): void {
    if (this.done) return;
    this.#is |= QUEUED; // Its own drops may wake it; it will not be polled again.
    const previous = enter(this as Task);
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
    const joiner = this.#end as Waker | undefined;
    this.#is = (this.#is | DONE | HAS_RESULT) & ~QUEUED;
    if ('value' in result) {
      this.#end = result.value;
    } else {
      this.#end = result.error;
      this.#is |= HAS_FAILED;
    }
    this.#future = undefined;
    if ((this.#is & HAS_ABORT_HANDLE) !== 0) abortHandles.get(this as Task)?.letGo();
    // First of all: whoever is told may throw, and a task that is done must not be found among the others.
    this.executor.forget(this as Task);
    this.tell(result);
    this.tellJoiner(joiner);
  }

  protected tellJoiner(joiner: Waker | undefined): void {
    if (joiner === undefined && !this.detached) return;
    const previous = enter(this as Task);
    try {
      if (this.detached) this.dropOutput();
      // The joiner learns it from this task, so this task is the one that wakes it.
      joiner?.wake();
    } finally {
      leave(previous);
    }
  }

  protected tell(result: Result<T>): void {
    const tracer = tracerOf(this.executor);
    if ('value' in result) {
      tracer?.emit({ kind: 'task.completed', task: tracer.ref(this as Task), outcome: 'ok', error: null });
      if (isUnawaited(result.value)) {
        this.executor.warn(new ForgottenAwaitError(`the end of ${calling(this.id, this.name)}`, result.value).message);
      }
    } else if (result.error.isCancelled()) {
      tracer?.cancelled(this as Task, this.executor.autopsy !== undefined);
    } else {
      const error = messageOf(result.error.cause);
      tracer?.emit({ kind: 'task.completed', task: tracer.ref(this as Task), outcome: 'panicked', error });
      if (this.id !== 0) this.executor.panics.add(this as Task, result.error);
    }
  }

  /** Hands the result over, once. */
  takeResult(): Result<T> | undefined {
    const { result } = this;
    this.letGo();
    this.executor.panics.delete(this as Task);
    return result;
  }

  /** What it ended with is somebody else's now. */
  private letGo(): void {
    this.#end = undefined;
    this.#is &= ~HAS_RESULT;
  }

  /** Nobody will ask for the result. */
  dropOutput(): void {
    this.#is |= DETACHED;
    const { result } = this;
    if (result === undefined) return;
    this.letGo();
    try {
      if ('value' in result) drop(result.value);
    } catch (error) {
      this.executor.panics.add(this as Task, JoinError.panic(this.id, this.name, error));
    }
    this.executor.panics.report(this as Task);
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
