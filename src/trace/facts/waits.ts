/**
 * How often, and how long, tasks waited for something.
 *
 * A wait begins when a poll ends without an answer, and ends when the task is woken or dropped. A
 * task that was woken while it still ran does not wait.
 *
 * @module
 */
import type { Await, RuntimeEvent, TaskRef } from '../../runtime/events.ts';

/** Is it one of those that are to be counted? */
type Filter = (wait: Await, task: TaskRef) => boolean;

/** Folds the waits that a filter lets pass. Times are in ms on the runtime's clock. */
export class Waits {
  /** How often somebody waited. */
  times = 0;
  /** How long all of these took together. */
  total = 0;
  /** How long the longest took. */
  longest = 0;
  /** Whose it was. */
  longestOf: TaskRef | undefined = undefined;
  readonly #filter: Filter;
  /** Since when those wait that wait now. */
  readonly #since = new Map<number, number>();
  /** Those that were woken while they ran. */
  readonly #woken = new Set<number>();
  #running: number | undefined = undefined;

  constructor(filter: Filter) {
    this.#filter = filter;
  }

  fold(event: RuntimeEvent): void {
    switch (event.kind) {
      case 'task.poll-started':
        this.#running = event.task.id;
        break;
      case 'task.poll-ended':
        this.#running = undefined;
        if (this.#woken.delete(event.task.id) || event.outcome !== 'pending') break;
        if (!event.awaits.some((wait) => this.#filter(wait, event.task))) break;
        this.times += 1;
        this.#since.set(event.task.id, event.at);
        break;
      case 'task.woken':
        if (event.task.id === this.#running) this.#woken.add(event.task.id);
        else this.#end(event.task, event.at);
        break;
      case 'task.completed':
      case 'task.cancelled':
        this.#end(event.task, event.at);
        break;
    }
  }

  #end(task: TaskRef, at: number): void {
    const since = this.#since.get(task.id);
    if (since === undefined) return;
    this.#since.delete(task.id);
    this.total += at - since;
    if (this.longestOf !== undefined && at - since <= this.longest) return;
    this.longest = at - since;
    this.longestOf = task;
  }
}
