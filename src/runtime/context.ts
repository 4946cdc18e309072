/**
 * What a poll knows: which task it is for, and whom to tell when another poll is worth it.
 *
 * While a task is polled its context is *current*. That is how `sleep(…)` finds its timers
 * and `spawn(…)` its executor without a parameter in every function of a program.
 *
 * @module
 */
import { OutsideRuntimeError } from './errors.ts';
import type { Executor } from './executor.ts';
import type { Resource } from './resource.ts';
import type { Task } from './task.ts';
import type { Tracer } from './tracer.ts';

/** What made a task ready, for the trace: the runtime's own primitives name themselves. */
export type WakeSource = Resource | 'yield' | 'abort';

/**
 * Asks for another poll of one task. It may be kept, called late, or called twice.
 *
 * @example
 * ```ts
 * class Counting extends Waker {
 *   wakes = 0;
 *   override wake(): void { this.wakes += 1; }
 * }
 * const waker = new Counting();
 * const [tx, rx] = mpsc.channel<string>(1);
 * pollFuture(rx.recv(), new Context(waker)) === Pending; // => true
 * tx.trySend('tea');
 * waker.wakes; // => 1
 * ```
 */
export abstract class Waker {
  /**
   * Puts the task into the ready queue, unless it stands there already.
   *
   * @param by what changed, if it was something of the runtime's own.
   */
  abstract wake(by?: WakeSource): void;

  /** The task that is woken in the end, where that is known. For the trace alone. */
  get task(): Task | undefined {
    return undefined;
  }
}

/** Handed to every {@link Future.poll}. */
export class Context {
  /** The waker as the runtime's own leaves use it. They promise to wake it or to be dropped. */
  readonly leafWaker: Waker;

  /** The task being polled, if an executor polls. */
  readonly task: Task | undefined;

  /** The executor that polls, if one does. */
  readonly executor: Executor | undefined;

  /** A context for polling by hand. Inside a task it keeps the task and wakes whom you choose. */
  constructor(
    waker: Waker,
    task: Task | undefined = current?.task,
    executor: Executor | undefined = current?.executor,
  ) {
    this.leafWaker = waker;
    this.task = task;
    this.executor = executor;
  }

  /**
   * The waker of whoever polls.
   *
   * Whoever takes it may call it from anywhere: a host timer, a button, another thread's
   * message. So a task that handed it out can always come back, and the runtime will not
   * call it stuck while the host still has something to do.
   */
  get waker(): Waker {
    this.task?.wakerWasTaken();
    return this.leafWaker;
  }
}

/** The context of the poll in progress. Read it anywhere; only {@link enter} and {@link leave} set it. */
export let current: Context | undefined;

/** Makes a context current, and answers the one before. */
export function enter(cx: Context): Context | undefined {
  const previous = current;
  current = cx;
  return previous;
}

/** Makes the context before current again. */
export function leave(previous: Context | undefined): void {
  current = previous;
}

/**
 * Has any run of this process been observed so far?
 *
 * As long as nobody has written to it, the engine takes this property for the constant that it is, and
 * compiles every question for the tracer away: 4 ns of the 65 of a switch. Once somebody observes, it
 * is a load like any other. (A variable of the module would not do: those are loaded each time.)
 */
export const observed = { ever: false };

/** The tracer of the current run, if somebody observes it. */
export function tracing(): Tracer | undefined {
  return observed.ever ? currentTracer() : undefined;
}

/** Apart from the question, which is small enough to be inlined everywhere. */
function currentTracer(): Tracer | undefined {
  return current?.executor?.tracer;
}

/** The tracer of that run, if somebody observes it. */
export function tracerOf(executor: Executor | undefined): Tracer | undefined {
  return observed.ever ? executor?.tracer : undefined;
}

/** The executor of the task that runs right now. @throws {OutsideRuntimeError} where none runs. */
export function currentExecutor(what: string): Executor {
  const executor = current?.executor;
  if (executor === undefined) throw new OutsideRuntimeError(what);
  return executor;
}
