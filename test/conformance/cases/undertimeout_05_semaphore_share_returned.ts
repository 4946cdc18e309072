import { type Async, millis, Semaphore, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  const result = yield* outcome(timeout(millis(10), s.acquireMany(3)));
  log('main', `timed out=${timedOut(result)} free ${s.availablePermits}`);
  const h = spawn(
    (function* (): Async<void> {
      const result = yield* outcome(timeout(millis(10), s.acquireMany(3)));
      log('big', `timed out=${timedOut(result)}`);
    })(),
  );
  const k = spawn(
    (function* (): Async<void> {
      using _p = yield* s.acquire();
      log('small', 'acquired');
    })(),
  );
  yield* h;
  yield* k;
}
