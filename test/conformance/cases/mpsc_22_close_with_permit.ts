import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, option, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  const tx1 = tx.clone();
  const tx2 = tx.clone();
  const p1 = yield* tx1.reserve();
  const p2 = yield* tx2.reserve();
  spawn(
    (function* (): Async<void> {
      using sender1 = tx1;
      using sender2 = tx2;
      using permit1 = p1;
      using permit2 = p2;
      yield* sleep(millis(10));
      log('task', 'using permit 1');
      permit1.send(7);
      // Where Rust drops the sender that an owned permit gives back or takes along, we drop ours.
      sender1[Symbol.dispose]();
      yield* sleep(millis(10));
      log('task', 'dropping permit 2');
      permit2[Symbol.dispose]();
      sender2[Symbol.dispose]();
    })(),
  );
  rx.close();
  log('main', `closed, send fails=${'error' in (yield* outcome(tx.send(1)))}`);
  log('main', option(yield* rx.recv()));
  log('main', option(yield* rx.recv()));
}
