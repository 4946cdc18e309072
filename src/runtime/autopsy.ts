/**
 * What every task of a stuck program waited for.
 *
 * Nothing was written down while the program ran. But dropping a task walks the same way as
 * polling it, from its root down to the leaf it waits on, with each function standing at its
 * `yield*`. So a stuck program is dropped, as at any other end, and looked at on the way.
 *
 * @module
 */
import { RuntimeError } from './errors.ts';
import type { Future } from './future.ts';
import { captureStack, type Location } from './location.ts';

/** One wait that will never end. */
export interface StuckWait {
  /** For example `recv()`. */
  readonly op: string;
  /** The functions that await each other, innermost first. */
  readonly stack: readonly Location[];
}

/** An unfinished task. */
export interface StuckTask {
  readonly id: number;
  readonly name: string;
  /** Empty if it returned `Pending` without waiting for anything. */
  readonly waitsFor: readonly StuckWait[];
}

/** Collects the waits of the task that is being dropped. */
export class Autopsy {
  #found: StuckWait[] = [];

  /** Drops a future that somebody waits for, and notes it unless something inside it says more. */
  drop(future: Future<unknown>): void {
    const mark = this.#found.length;
    const { label } = future;
    const stack = captureStack();
    future.drop();
    if (this.#found.length === mark) this.#found.push({ op: label, stack });
  }

  /** What was found since the last time. */
  findings(): StuckWait[] {
    return this.#found.splice(0);
  }
}

/**
 * Nothing can ever run again: no task is ready, no timer is set, no I/O is open.
 *
 * `tasks` lists every unfinished task with what it waits for and where.
 */
export class DeadlockError extends RuntimeError {
  readonly tasks: readonly StuckTask[];

  constructor(tasks: readonly StuckTask[]) {
    super(`nothing can run any more: no task is ready, no timer is set, no I/O is open\n${tasks.map(tell).join('\n')}`);
    this.tasks = tasks;
  }
}

function tell(task: StuckTask): string {
  const waits = task.waitsFor.map(({ op, stack }) => {
    const [at] = stack;
    return at === undefined ? op : `${op} at ${at.file}:${at.line}:${at.column}`;
  });
  return `  ${task.name} waits for ${waits.join(' and ') || 'nothing that could wake it'}`;
}
