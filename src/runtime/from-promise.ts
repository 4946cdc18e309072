/**
 * The door to everything else that JavaScript has.
 *
 * @module
 */
import { type Context, current, type Waker } from './context.ts';
import { InvalidOptionError } from './errors.ts';
import type { Executor } from './executor.ts';
import { Future, Pending, type Poll } from './future.ts';
import { Resource, type ResourceKind } from './resource.ts';

type Settled<T> = { readonly value: T } | { readonly reason: unknown };

/**
 * Awaits a promise: its value, or its reason is thrown.
 *
 * A promise runs whether or not somebody awaits it. To have it start at the first poll, as a
 * future does, and stop when it is dropped, give a function that makes it from an `AbortSignal`.
 *
 * A virtual clock stands still while a promise is awaited, because its time is real.
 *
 * **Cancel safety:** data may be lost, namely the value; the signal is aborted.
 *
 * @example
 * ```ts
 * yield* fromPromise(Promise.resolve('tea')); // => 'tea'
 * yield* fromPromise(async (signal) => signal.aborted); // => false
 * ```
 */
export function fromPromise<T>(promise: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>)): Future<T> {
  if (typeof promise !== 'function' && typeof promise?.then !== 'function') {
    throw notAPromise(promise);
  }
  return new PromiseFuture<T>(promise);
}

function notAPromise(value: unknown): InvalidOptionError {
  return new InvalidOptionError('fromPromise()', 'a promise, or a function that makes one', value);
}

class Wait extends Resource {
  override get kind(): ResourceKind {
    return 'promise';
  }
}

class PromiseFuture<T> extends Future<T> {
  readonly #wait = new Wait();
  #start: ((signal: AbortSignal) => PromiseLike<T>) | undefined;
  #abort: AbortController | undefined;
  #settled: Settled<T> | undefined;
  #waker: Waker | undefined;
  /** Set while an executor counts this wait. */
  #executor: Executor | undefined;

  constructor(promise: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T>)) {
    super();
    if (typeof promise === 'function') this.#start = promise;
    // At once, so that a rejection before the first poll has somebody who hears it.
    else this.#follow(promise);
  }

  override get label(): string {
    return 'fromPromise()';
  }

  override get awaited(): Resource {
    return this.#wait;
  }

  override poll(cx: Context): Poll<T> {
    const start = this.#start;
    if (start !== undefined) {
      this.#start = undefined;
      this.#abort = new AbortController();
      const promise = start(this.#abort.signal);
      if (typeof promise?.then !== 'function') throw notAPromise(promise);
      this.#follow(promise);
    }
    const settled = this.#settled;
    if (settled === undefined) {
      this.#waker = cx.leafWaker;
      if (this.#executor === undefined) {
        this.#executor = cx.executor ?? current?.executor;
        this.#executor?.ioBegins(true);
      }
      return Pending;
    }
    if ('reason' in settled) throw settled.reason;
    return settled.value;
  }

  #follow(promise: PromiseLike<T>): void {
    promise.then(
      (value) => this.#settle({ value }),
      (reason: unknown) => this.#settle({ reason }),
    );
  }

  #settle(settled: Settled<T>): void {
    this.#settled = settled;
    const waker = this.#waker;
    const executor = this.#executor;
    this.#stopWaiting();
    if (waker === undefined) return;
    executor?.tracer?.op(this.#wait, { op: 'settled', outcome: 'value' in settled ? 'fulfilled' : 'rejected' });
    waker.wake(this.#wait);
  }

  #stopWaiting(): void {
    this.#waker = undefined;
    this.#executor?.ioEnds(true);
    this.#executor = undefined;
  }

  override drop(): void {
    this.#start = undefined;
    this.#stopWaiting();
    if (this.#settled === undefined) this.#abort?.abort();
  }
}
