import { type Context, Future, Pending, type Poll } from 'async-lessons';

/** Wakes its own task so many times, and is ready then. */
export class SelfWaking extends Future<void> {
  #left: number;

  constructor(times: number) {
    super();
    this.#left = times;
  }

  override poll(cx: Context): Poll<void> {
    if (this.#left === 0) return undefined;
    this.#left -= 1;
    cx.waker.wake();
    return Pending;
  }
}
