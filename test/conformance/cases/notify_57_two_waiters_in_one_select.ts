import { type Async, advance, millis, Notify, select, sleep, spawn, yieldNow } from 'async-lessons';
import { log, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  for (const count of [1, 2]) {
    const h = spawn(
      (function* (): Async<void> {
        const { branch } = yield* select({ first: n.notified(), second: n.notified() }, { biased: true });
        log('task', branch);
      })(),
    );
    yield* sleep(millis(5));
    for (let i = 0; i < count; i++) n.notifyOne();
    yield* h;
    log('main', `${count} notified, stored ${readyNow(n.notified())}`);
  }
  const h = spawn(
    (function* (): Async<void> {
      const { branch } = yield* select({ timer: sleep(millis(5)), notified: n.notified() }, { biased: true });
      log('task', branch);
    })(),
  );
  yield* yieldNow();
  yield* advance(millis(5));
  n.notifyOne();
  yield* h;
  log('main', `at the timer's instant, stored ${readyNow(n.notified())}`);
}
