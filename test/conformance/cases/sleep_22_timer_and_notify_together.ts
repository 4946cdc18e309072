import { type Async, millis, Notify, select, sleep, spawn } from 'async-lessons';
import { log, readyNow, traced } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  spawn(
    (function* (): Async<void> {
      yield* sleep(millis(10));
      n.notifyOne();
      log('notifier', 'notified');
    })(),
  );
  const h = spawn(
    traced(
      'task',
      (function* (): Async<void> {
        const { branch } = yield* select({ timer: sleep(millis(10)), notification: n.notified() }, { biased: true });
        log('task', branch);
        log('task', `stored permit left=${readyNow(n.notified())}`);
      })(),
    ),
  );
  yield* h;
}
