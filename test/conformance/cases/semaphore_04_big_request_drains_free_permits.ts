import { type Async, Semaphore, spawn, yieldNow } from 'async-lessons';
import { log, tryAcquireIsOk } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(3);
  log('main', `free ${s.availablePermits}`);
  const h = spawn(
    (function* (): Async<void> {
      using p = yield* s.acquireMany(5);
      log('big', 'acquired 5');
      p.forget();
    })(),
  );
  yield* yieldNow();
  log('main', `free ${s.availablePermits} try=${tryAcquireIsOk(s)}`);
  s.addPermits(3);
  log('main', `added 3, free ${s.availablePermits}`);
  yield* h;
  log('main', `free ${s.availablePermits}`);
}
