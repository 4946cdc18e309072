import { type Async, millis, Notify, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  for (const name of ['A', 'B', 'C']) {
    spawn(
      (function* (): Async<void> {
        for (let i = 0; i < 2; i++) {
          yield* n.notified();
          log(name, `notified ${i}`);
        }
      })(),
    );
  }
  yield* yieldNow();
  log('main', 'notify_waiters');
  n.notifyWaiters();
  yield* sleep(millis(1));
  log('main', 'notify_one');
  n.notifyOne();
  yield* sleep(millis(1));
  log('main', 'notify_waiters');
  n.notifyWaiters();
  yield* sleep(millis(1));
}
