import { type Async, millis, Semaphore, sleep, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(1);
  const h = spawn(
    traced(
      'big',
      (function* (): Async<void> {
        using _p = yield* s.acquireMany(4);
        log('big', 'holds 4');
      })(),
    ),
  );
  yield* yieldNow();
  for (let i = 0; i < 3; i++) {
    yield* sleep(millis(5));
    s.addPermits(1);
    log('main', `add 1, available=${s.availablePermits}`);
  }
  yield* h;
  log('main', `available=${s.availablePermits}`);
}
