/**
 * The tasks that are not finished, in the order of their spawning.
 *
 * ```text
 *   first ─▶ task 1 ⇄ task 4 ⇄ task 9 ◀─ last
 * ```
 *
 * A list that goes through the tasks themselves. A `Set` would say the same in one line; with a
 * million tasks it takes 45 bytes for each, and moves all of them whenever it grows.
 *
 * @module
 */
import type { Task } from './task.ts';

/** A list that anybody can leave from the middle. */
export class Unfinished {
  #first: Task | undefined = undefined;
  #last: Task | undefined = undefined;

  /** The latest one. */
  add(task: Task): void {
    const last = this.#last;
    this.#last = task;
    task.before = last;
    if (last === undefined) this.#first = task;
    else last.after = task;
  }

  /** It is finished. Of one that is not in the list nothing happens. */
  delete(task: Task): void {
    const { before, after } = task;
    if (before !== undefined) before.after = after;
    else if (this.#first === task) this.#first = after;
    else return;
    if (after === undefined) this.#last = before;
    else after.before = before;
    task.before = undefined;
    task.after = undefined;
  }

  /** The one that was spawned first. */
  get first(): Task | undefined {
    return this.#first;
  }

  /** Is there one of which that is true? */
  some(holds: (task: Task) => boolean): boolean {
    for (let task = this.#first; task !== undefined; task = task.after) if (holds(task)) return true;
    return false;
  }
}
