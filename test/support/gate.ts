import { type Context, Future, Pending, type Poll, type Waker } from 'async-lessons';

/** A leaf that waits until the test opens it, and counts what happens to it. */
export class Gate<T = void> extends Future<T> {
  polls = 0;
  drops = 0;
  #opened: { readonly value: T } | undefined = undefined;
  #waker: Waker | undefined = undefined;

  override poll(cx: Context): Poll<T> {
    this.polls += 1;
    if (this.#opened !== undefined) return this.#opened.value;
    this.#waker = cx.leafWaker;
    return Pending;
  }

  override drop(): void {
    this.drops += 1;
  }

  open(value: T): void {
    this.#opened = { value };
    this.#waker?.wake();
  }
}
