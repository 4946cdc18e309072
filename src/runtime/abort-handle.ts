/**
 * The right to abort a task, and nothing more.
 *
 * @module
 */
import type { Task } from './task.ts';

/**
 * Aborts a task from anywhere. What `handle.abortHandle()` and `JoinSet.spawn` answer; a reference
 * to it may be kept and given away, whatever becomes of the join handle.
 *
 * @example
 * ```ts
 * const nap = spawn(sleep(secs(60)), { name: 'nap' });
 * const alarm = nap.abortHandle();
 * alarm.name; // => 'nap'
 * alarm.abort();
 * alarm.isFinished(); // => false
 * yield* yieldNow();
 * alarm.isFinished(); // => true
 * ```
 */
export class AbortHandle {
  /** The task's number. */
  readonly id: number;
  /** The task's name. */
  readonly name: string;
  /** Invariant: undefined once the task is done. Who keeps this handle does not keep the task. */
  #task: Task | undefined;

  /** @internal */
  constructor(task: Task) {
    this.id = task.id;
    this.name = task.name;
    this.#task = task.done ? undefined : task;
  }

  /**
   * Asks the task to be dropped where it waits, in its next turn, as `JoinHandle.abort` does. A
   * finished task stays as it is. A task that aborts itself runs on to its next wait.
   */
  abort(): void {
    this.#task?.abort();
  }

  /** Has the task ended? An aborted task has not until its turn has come. */
  isFinished(): boolean {
    return this.#task === undefined;
  }

  /** The task is done. Called by the task. @internal */
  letGo(): void {
    this.#task = undefined;
  }
}
