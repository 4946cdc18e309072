import { type Awaitable, Context, dropFuture, Pending, type Poll, pollFuture, Waker } from 'async-lessons';

/** A waker that only counts. */
export class CountingWaker extends Waker {
  wakes = 0;

  override wake(): void {
    this.wakes += 1;
  }
}

/** A future in the hands of a test: nothing polls it but the test. */
export interface HandPolled<T> {
  /** How often it has asked to be polled again. */
  readonly wakes: number;
  poll(): Poll<T>;
  drop(): void;
}

/** Polls a future by hand and counts its wakes: a test without an executor, or beside the one that runs. */
export function byHand<T>(future: Awaitable<T>): HandPolled<T> {
  const waker = new CountingWaker();
  const context = new Context(waker);
  return {
    get wakes() {
      return waker.wakes;
    },
    poll: () => pollFuture(future, context),
    drop: () => dropFuture(future),
  };
}

/** The value of a future that is known to be ready now. */
export function ready<T>(future: Awaitable<T> | HandPolled<T>): T {
  const answer = 'wakes' in future ? future.poll() : byHand(future).poll();
  if (answer === Pending) throw new Error('expected the future to be ready');
  return answer;
}
