/**
 * Why a task gave no value.
 *
 * @module
 */
import { messageOf, RuntimeError } from './errors.ts';

/** `task kettle`; a task without a name of its own is called `task 3` already. */
export function calling(id: number, name: string): string {
  return name === `task ${id}` ? name : `task ${name}`;
}

/**
 * Thrown by `yield* handle` when the task threw or was cancelled. `cause` is what it threw.
 *
 * @example
 * ```ts
 * const boiler = spawn(function* () { throw new Error('dry'); }(), { name: 'boiler' });
 * try {
 *   yield* boiler;
 * } catch (error) {
 *   (error as JoinError).isPanic(); // => true
 *   (error as JoinError).message; // => 'task boiler panicked: dry'
 * }
 * ```
 */
export class JoinError extends RuntimeError {
  /** The number of the task that failed. */
  readonly id: number;
  /** The name of the task that failed. */
  readonly taskName: string;
  readonly #cancelled: boolean;

  private constructor(message: string, id: number, taskName: string, cancelled: boolean, cause?: unknown) {
    super(message, cancelled ? undefined : { cause });
    this.id = id;
    this.taskName = taskName;
    this.#cancelled = cancelled;
  }

  /** @internal */
  static panic(id: number, name: string, cause: unknown): JoinError {
    const why = cause instanceof Error ? cause.message : messageOf(cause);
    return new JoinError(`${calling(id, name)} panicked: ${why}`, id, name, false, cause);
  }

  /** @internal */
  static cancelled(id: number, name: string): JoinError {
    // On its stack is the runtime alone. To write that down takes 3 µs, for each task that the end of a run drops.
    const limit = Error.stackTraceLimit;
    Error.stackTraceLimit = 0;
    const error = new JoinError(`${calling(id, name)} was cancelled`, id, name, true);
    Error.stackTraceLimit = limit;
    return error;
  }

  /** It threw. */
  isPanic(): boolean {
    return !this.#cancelled;
  }

  /** It was aborted, or the runtime ended first. */
  isCancelled(): boolean {
    return this.#cancelled;
  }
}
