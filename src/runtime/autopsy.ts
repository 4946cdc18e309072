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
import { isResource, type Resource, type ResourceKind } from './resource.ts';
import type { Task } from './task.ts';
import type { Tracer } from './tracer.ts';

/** One wait that will never end. */
export interface StuckWait {
  /** For example `recv()`. */
  readonly op: string;
  /** What it waits on: `mutex 1` in an observed run, else `a mutex`; null where the operation says it all. */
  readonly on: string | null;
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

/** `sleep(2s)` needs no timer to be understood. */
const SAID_BY_ITS_OPERATION: ReadonlySet<ResourceKind> = new Set(['timer', 'select', 'promise', 'signal']);

/** What a person calls them, where that is not `a mutex`. */
const SPOKEN: { readonly [K in ResourceKind]?: string } = {
  broadcast: 'a broadcast channel',
  watch: 'a watch channel',
  rwlock: 'an rwlock',
  once: 'a once cell',
  token: 'a cancellation token',
  joinset: 'a join set',
  tracker: 'a task tracker',
};

/** Collects the waits of the task that is being dropped. */
export class Autopsy {
  readonly #tracer: Tracer | undefined;
  #found: StuckWait[] = [];

  constructor(tracer: Tracer | undefined) {
    this.#tracer = tracer;
  }

  /** Drops a future that somebody waits for, and notes it unless something inside it says more. */
  drop(future: Future<unknown>): void {
    const mark = this.#found.length;
    const wait = { op: future.label, on: this.#nameOf(future.awaited), stack: captureStack() };
    future.drop();
    if (this.#found.length === mark) this.#found.push(wait);
  }

  /** Drops what the task merely held: it did not wait for that. */
  ignore(dropIt: () => void): void {
    const mark = this.#found.length;
    try {
      dropIt();
    } finally {
      this.#found.length = mark;
    }
  }

  #nameOf(awaited: Resource | Task | undefined): string | null {
    if (!isResource(awaited) || SAID_BY_ITS_OPERATION.has(awaited.kind)) return null;
    return this.#tracer?.resource(awaited).name ?? SPOKEN[awaited.kind] ?? `a ${awaited.kind}`;
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
  const waits = task.waitsFor.map(({ op, on, stack }) => {
    const [at] = stack;
    const what = on === null ? op : `${op} on ${on}`;
    return at === undefined ? what : `${what} at ${at.file}:${at.line}:${at.column}`;
  });
  return `  ${task.name} waits for ${inBrief(waits).join(' and ') || 'nothing that could wake it'}`;
}

/** How many different waits of a task the message tells; {@link DeadlockError.tasks} has them all. */
const TOLD_WAITS = 5;

/** The same wait is told once, however many wait like that: `joinAll` may have a thousand. */
function inBrief(waits: readonly string[]): string[] {
  const times = new Map<string, number>();
  for (const wait of waits) times.set(wait, (times.get(wait) ?? 0) + 1);
  const told = [...times].slice(0, TOLD_WAITS).map(([wait, n]) => (n === 1 ? wait : `${wait} (${n} times)`));
  const untold = [...times.values()].slice(TOLD_WAITS).reduce((sum, n) => sum + n, 0);
  return untold === 0 ? told : [...told, `${untold} more`];
}
