import { type Async, millis, Notify, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  for (const name of ['A', 'B', 'C']) {
    spawn(
      (function* (): Async<void> {
        yield* n.notified();
        log(name, 'notified');
      })(),
    );
  }
  yield* yieldNow();
  for (let i = 0; i < 3; i++) {
    log('main', `notify_one ${i}`);
    n.notifyOne();
    yield* sleep(millis(10));
  }
  log('main', 'two at once need two calls');
  for (const name of ['D', 'E', 'F']) {
    spawn(
      (function* (): Async<void> {
        yield* n.notified();
        log(name, 'notified');
      })(),
    );
  }
  yield* yieldNow();
  n.notifyOne();
  n.notifyOne();
  yield* sleep(millis(10));
  log('main', 'third');
  n.notifyOne();
  yield* sleep(millis(10));
}
