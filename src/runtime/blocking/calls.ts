/**
 * The calls of one run that other threads have not ended yet.
 *
 * @module
 */
import type { Work } from '../host/host.ts';
import type { BlockingTask } from './blocking-task.ts';

/** Keeps a run from being over before they are. */
export class BlockingCalls {
  readonly #open = new Set<BlockingTask>();
  #over: (() => void) | undefined = undefined;

  /** Starts a call, or puts it in line. */
  start(task: BlockingTask, work: Work): void {
    this.#open.add(task);
    task.start(work);
  }

  /** A call has ended. Called by the call. */
  forget(task: BlockingTask): void {
    this.#open.delete(task);
    this.#check();
  }

  /** The run is over as soon as every call has ended. */
  whenOver(over: () => void): void {
    this.#over = over;
    this.#check();
  }

  /** Nobody waits for them any more. */
  cancelAll(): void {
    for (const task of this.#open) task.cancel();
  }

  #check(): void {
    if (this.#open.size > 0) return;
    const over = this.#over;
    this.#over = undefined;
    over?.();
  }
}
