import { type Async, type Context, Future, millis, type Poll, sleep, spawn, type Waker, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

class Finish extends Future<void> {
  readonly #slot: Waker[];

  constructor(slot: Waker[]) {
    super();
    this.#slot = slot;
  }

  override poll(cx: Context): Poll<void> {
    log('F', 'poll');
    cx.waker.wake();
    this.#slot.push(cx.waker);
    return undefined;
  }
}

export function* main(): Async<void> {
  const slot: Waker[] = [];
  const handle = spawn(new Finish(slot));
  yield* handle;
  log('main', 'joined');
  (slot.pop() as Waker).wake();
  log('main', 'woke finished task');
  yield* yieldNow();
  yield* sleep(millis(1));
  log('main', 'end');
}
