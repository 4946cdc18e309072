/**
 * Starting tasks, and being a good neighbour to them.
 *
 * @module
 */
import { type Context, current, currentExecutor } from './context.ts';
import { RuntimeError } from './errors.ts';
import { type Awaitable, asFuture, Future, Pending, type Poll } from './future.ts';
import { JoinHandle } from './join-handle.ts';

/** Options of {@link spawn}. */
export interface SpawnOptions {
  /** What traces, errors and panics call the task. @default its number: `task 3` */
  readonly name?: string;
}

const NO_OPTIONS: SpawnOptions = {};

/**
 * Starts a task: from now on the executor polls the future, whoever else waits for what.
 *
 * **Order:** the new task goes to the end of the ready queue; the spawner runs on until it waits.
 *
 * @throws {OutsideRuntimeError} where no runtime runs; {@link NotAFutureError} for anything that
 *   cannot be polled, such as a function that was not called.
 *
 * @example
 * ```ts
 * function* boil(): Async<string> {
 *   yield* sleep(secs(2));
 *   return 'hot water';
 * }
 * const kettle = spawn(boil(), { name: 'kettle' });
 * yield* kettle; // => 'hot water'
 * ```
 */
export function spawn<T>(future: Awaitable<T>, options: SpawnOptions = NO_OPTIONS): JoinHandle<T> {
  const executor = currentExecutor('spawn()');
  const task = executor.spawn<T>(asFuture(future, 'spawn()') as Awaitable<T>, options.name);
  return new JoinHandle(task);
}

/** There is no task whose number could be told. */
export class OutsideTaskError extends RuntimeError {
  constructor() {
    // Tokio's words.
    super("Can't get a task id when not inside a task");
  }
}

/**
 * The number of the task that runs, the `id` of its handle. The main future is no spawned task, and
 * has none to tell.
 *
 * @throws {OutsideTaskError} in the main future, and where no task runs.
 *
 * @example
 * ```ts
 * const handle = spawn(function* () { return taskId(); }());
 * (yield* handle) === handle.id; // => true
 * ```
 */
export function taskId(): number {
  const id = current?.task?.id ?? MAIN;
  if (id === MAIN) throw new OutsideTaskError();
  return id;
}

/** The number of the main future. */
const MAIN = 0;

/**
 * Lets everybody run who is ready, then goes on.
 *
 * **Order:** the task comes back at the next driver step, after all who are ready now, and after
 * timers that are due. Of several that yielded, the latest comes back first.
 * **Cancel safety:** nothing is lost.
 *
 * @example
 * ```ts
 * const heard: string[] = [];
 * spawn(function* () { heard.push('neighbour'); }());
 * yield* yieldNow();
 * heard; // => ['neighbour']
 * ```
 */
export function yieldNow(): Future<void> {
  return new YieldNow();
}

class YieldNow extends Future<void> {
  #yielded = false;

  override get label(): string {
    return 'yieldNow()';
  }

  override poll(cx: Context): Poll<void> {
    if (this.#yielded) return undefined;
    this.#yielded = true;
    if (cx.executor === undefined) cx.leafWaker.wake();
    else cx.executor.defer(cx.leafWaker);
    return Pending;
  }
}

/**
 * Waits for ever. What comes after it never runs; what awaits it must be dropped to end.
 *
 * **Cancel safety:** nothing is lost.
 *
 * @example
 * ```ts
 * const stuck = spawn(pending());
 * stuck.abort();
 * ```
 */
export function pending<T = never>(): Future<T> {
  return new Never<T>();
}

class Never<T> extends Future<T> {
  override get label(): string {
    return 'pending()';
  }

  override poll(): Poll<T> {
    return Pending;
  }
}
