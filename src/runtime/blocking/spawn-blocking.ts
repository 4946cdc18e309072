/**
 * Work that would hold up everybody else, on a thread of its own.
 *
 * ```text
 *   this thread                                  another thread
 *   spawnBlocking(fib, 40) ── source, 40 ──────▶ fib(40)
 *      the executor polls on                       …      as long as it takes
 *   yield* handle  ◀───────── 102334155 ───────── done
 * ```
 *
 * In Tokio threads share their memory, and the compiler says what may go to another one (`Send`).
 * In JavaScript they share nothing: a function travels as its source text, values are copied. So
 * `Send` is checked here as well, when `spawnBlocking` is called and before anything starts.
 *
 * @module
 */
import { currentExecutor } from '../context.ts';
import type { Executor } from '../executor.ts';
import { JoinHandle } from '../join-handle.ts';
import type { Task } from '../task.ts';
import { BlockingFunction } from './blocking-module.ts';
import { BlockingTask } from './blocking-task.ts';
import { seal, sourceOf } from './send.ts';

/**
 * Runs a function on another thread: heavy computing, or calls that block.
 *
 * The function travels as source text. It sees its arguments and what every thread has (`Math`,
 * `fetch`, `await import('node:fs')`), and nothing that stands around it. It may be an `async`
 * function; the thread is then taken until its promise settles. What is to be imported from a
 * file is named with {@link blockingModule}.
 *
 * Arguments and the value are copied as `structuredClone` does: plain data, `Map`, `Set`, `Date`,
 * buffers. A `SharedArrayBuffer` is shared; {@link transfer} moves a buffer instead of copying it.
 *
 * A function that throws, or ends its thread, is a panic of the task. `abort` prevents a call from
 * starting while it waits for a free thread; one that has started runs on, and its value is
 * delivered, as in Tokio. There are at most 16 threads, for all runtimes of a process; what comes
 * beyond that waits in line.
 *
 * When main is done, `blockOn` waits until every call has ended, those in line included, as the
 * drop of Tokio's runtime does; `Runtime.stop` does not wait, and ends their threads.
 *
 * A virtual clock stands still until the call has ended, joined or not, as Tokio's does: its time
 * is real.
 *
 * **Order:** it starts at once, first come first served, whether or not somebody joins it. The
 * executor never polls it; its end wakes the joiner as a socket would.
 * **Cancel safety:** nothing is lost while the handle is lent; a handle that is dropped detaches
 * the call.
 *
 * @throws {NotSendError} if the function or an argument cannot go to another thread;
 *   {@link OutsideRuntimeError} where no runtime runs. From `yield*`: {@link JoinError}; its cause
 *   is a {@link ClosureError} if the function used something that stands around it.
 *
 * @example
 * ```ts
 * function fib(n: number): number {
 *   return n < 2 ? n : fib(n - 1) + fib(n - 2);
 * }
 * const handle = spawnBlocking(fib, 20);
 * yield* handle; // => 6765
 *
 * const rate = 0.19;
 * yield* spawnBlocking((price: number, rate: number) => price * (1 + rate), 100, rate); // => 119
 * ```
 */
export function spawnBlocking<A extends readonly unknown[], R>(
  fn: ((...args: A) => R) | BlockingFunction<A, R>,
  ...args: A
): JoinHandle<Awaited<R>> {
  return new JoinHandle(startBlocking<R>(currentExecutor('spawnBlocking()'), fn, args));
}

/** Starts the call as a task that can be joined or put into a set, but is never polled. */
export function startBlocking<R>(
  executor: Executor,
  fn: ((...args: never) => R) | BlockingFunction<never, R>,
  args: readonly unknown[],
): Task<Awaited<R>> {
  const code = fn instanceof BlockingFunction ? { url: fn.url, exported: fn.name } : { source: sourceOf(fn) };
  const work = { name: fn.name, code, ...seal(args, fn.name) };
  const task = new BlockingTask<Awaited<R>>(executor, executor.nextId(), fn.name);
  executor.blocking.start(task as BlockingTask, work);
  return task;
}
