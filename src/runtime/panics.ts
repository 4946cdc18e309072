/**
 * Panics that nobody hears of. A task that threw tells its joiner; if it turns out that there will
 * be none, it is told on stderr, once.
 *
 * That is certain when the handle is dropped, when the program is over, or when the last reference
 * to the handle is gone: a server that never looks at its handles still hears of its panics, soon
 * after they happen.
 *
 * @module
 */
import type { JoinError } from './join-error.ts';
import type { Task } from './task.ts';

/** The panics of a run that nobody has joined so far. */
export class UnjoinedPanics {
  readonly #report: (error: JoinError) => void;
  readonly #errors = new Map<number, JoinError>();
  // After its end only the handle holds the task: when the task can be collected, the handle is gone.
  readonly #collected = new FinalizationRegistry<number>((id) => this.#tell(id));

  constructor(report: (error: JoinError) => void) {
    this.#report = report;
  }

  /** The task threw, and nobody has heard of it so far. */
  add(task: Task, error: JoinError): void {
    this.#errors.set(task.id, error);
    // An error whose stack nobody has read holds on to everything that stood on it, the task too.
    if (error.cause instanceof Error) void error.cause.stack;
    void error.stack;
    this.#collected.register(task, task.id, task);
  }

  /** Somebody joined it after all. */
  delete(task: Task): void {
    if (this.#errors.delete(task.id)) this.#collected.unregister(task);
  }

  /** Nobody will join it. */
  report(task: Task): void {
    this.#tell(task.id);
  }

  /** The program is over: nobody will join any of them. */
  reportAll(): void {
    for (const id of this.#errors.keys()) this.#tell(id);
  }

  #tell(id: number): void {
    const error = this.#errors.get(id);
    if (error === undefined) return;
    this.#errors.delete(id);
    this.#report(error);
  }
}
