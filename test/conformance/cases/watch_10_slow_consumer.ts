import { type Async, millis, sleep, spawn, watch } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  const r = spawn(
    (function* () {
      while ('value' in (yield* outcome(rx.changed()))) {
        log('rx', `value ${rx.borrowAndUpdate()}`);
        yield* sleep(millis(25));
      }
      log('rx', `closed, last ${rx.borrow()}`);
    })(),
  );
  for (let i = 1; i <= 8; i++) {
    yield* sleep(millis(10));
    tx.send(i);
  }
  tx[Symbol.dispose]();
  yield* r;
}
