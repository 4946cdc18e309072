/**
 * The right to hear how a task ended.
 *
 * @module
 */
import type { AbortHandle } from './abort-handle.ts';
import { mayProceed, spend } from './budget.ts';
import type { Context } from './context.ts';
import { PolledAfterCompletionError, PolledAfterDropError } from './errors.ts';
import { Future, Pending, type Poll } from './future.ts';
import type { Resource } from './resource.ts';
import type { Task } from './task.ts';

/**
 * What `spawn` answers. `yield* handle` waits for the task's value.
 *
 * Dropping a handle detaches the task: it runs on, and nobody hears how it ends. So does losing a
 * `select` or a `timeout` with a handle; lend it with `ref` to keep it.
 *
 * **Cancel safety:** nothing is lost while the handle is lent.
 *
 * @throws {JoinError} from `yield*`, if the task threw or was cancelled.
 */
export class JoinHandle<T> extends Future<T> {
  readonly #task: Task<T>;
  #taken = false;

  /** @internal */
  constructor(task: Task<T>) {
    super();
    this.#task = task;
  }

  override get mayBeIgnored(): boolean {
    return true;
  }

  /** The task's number. */
  get id(): number {
    return this.#task.id;
  }

  /** The task's name. */
  get name(): string {
    return this.#task.name;
  }

  override get label(): string {
    return `join(${this.#task.name})`;
  }

  override get awaited(): Resource | Task {
    return this.#task.awaited;
  }

  /** Has the task ended? An aborted task has not until its turn has come. */
  isFinished(): boolean {
    return this.#task.done;
  }

  /**
   * Asks the task to be dropped where it waits. Its `finally` and `using` run in its next turn, and
   * joining it then throws a {@link JoinError} that `isCancelled()`. A finished task stays as it is.
   *
   * @example
   * ```ts
   * const nap = spawn(sleep(secs(60)));
   * nap.abort();
   * nap.isFinished(); // => false
   * yield* yieldNow();
   * nap.isFinished(); // => true
   * ```
   */
  abort(): void {
    this.#task.abort();
  }

  /**
   * The right to abort the task, apart from the right to join it.
   *
   * @example
   * ```ts
   * const nap = spawn(sleep(secs(60)));
   * const alarm = nap.abortHandle();
   * spawn(function* () { yield* sleep(10); alarm.abort(); }());
   * try {
   *   yield* nap;
   * } catch (error) {
   *   (error as JoinError).isCancelled(); // => true
   * }
   * now(); // => 10
   * ```
   */
  abortHandle(): AbortHandle {
    return this.#task.abortHandle();
  }

  override poll(cx: Context): Poll<T> {
    if (!mayProceed(cx)) return Pending;
    const task = this.#task;
    if (this.#taken) throw new PolledAfterCompletionError(this.label, 'JoinHandle polled after completion');
    if (task.detached) throw new PolledAfterDropError(this.label);
    if (!task.done) {
      task.joiner = cx.leafWaker;
      return Pending;
    }
    spend();
    this.#taken = true;
    const result = task.takeResult() as NonNullable<typeof task.result>;
    if ('error' in result) throw result.error;
    return result.value;
  }

  override drop(): void {
    if (this.#taken || this.#task.detached) return;
    this.#task.joiner = undefined;
    this.#task.dropOutput();
  }
}
