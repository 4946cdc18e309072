import { type Async, millis, sleep, spawn, watch, yieldNow } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel('start');
  const tx2 = tx.clone();
  log('main', `senders ${tx.senderCount} receivers ${tx2.receiverCount}`);
  const h = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      while ('value' in (yield* outcome(receiver.changed()))) log('rx', receiver.borrowAndUpdate());
      log('rx', `closed, last ${receiver.borrow()}`);
    })(),
  );
  yield* yieldNow();
  tx2.send('second');
  tx[Symbol.dispose]();
  yield* sleep(millis(5));
  log('main', `same ${tx2.borrow()} senders ${tx2.senderCount}`);
  const tx3 = tx2.clone();
  tx2[Symbol.dispose]();
  tx3.sendReplace('third');
  tx3[Symbol.dispose]();
  yield* h;
}
