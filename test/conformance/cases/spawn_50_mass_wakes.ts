import { type Async, millis, mpsc, Notify, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  let count = 0;
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 100; i++) {
    const clone = tx.clone();
    spawn(
      (function* (): Async<void> {
        using tx = clone;
        yield* n.notified();
        count += 1;
        if (i === 30 || i === 80) tx.send(i);
      })(),
    );
  }
  tx[Symbol.dispose]();
  yield* sleep(millis(5));
  n.notifyWaiters();
  log('main', `notified, ${count} have run`);
  for (let i = yield* rx.recv(); i !== undefined; i = yield* rx.recv()) {
    log('main', `message of ${i}, ${count} have run`);
  }
  log('main', `closed, ${count} have run`);
}
