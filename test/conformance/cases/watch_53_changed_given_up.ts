import { type Async, dropFuture, millis, sleep, spawn, timeout, watch } from 'async-lessons';
import { log, outcome, pollOnce, readyNow, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  const h = spawn(
    (function* (): Async<void> {
      const first = yield* outcome(timeout(millis(10), rx.changed()));
      log('task', `first ok=${!timedOut(first)}`);
      const second = yield* outcome(timeout(millis(10), rx.changed()));
      log('task', `second ok=${!timedOut(second)} value ${rx.borrow()}`);
    })(),
  );
  yield* sleep(millis(10));
  tx.send(1);
  log('main', 'sent');
  yield* h;
  const c = rx.changed();
  log('main', `ready=${(yield* pollOnce(c)) !== 'pending'}`);
  tx.send(2);
  dropFuture(c);
  log('main', `has_changed ${rx.hasChanged()}`);
  log('main', `ready=${readyNow(rx.changed())}`);
  log('main', `ready=${readyNow(rx.changed())}`);
}
