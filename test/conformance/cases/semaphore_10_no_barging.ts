import { type Async, Semaphore, spawn, yieldNow } from 'async-lessons';
import { log, tryAcquireIsOk } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(1);
  const p = yield* s.acquire();
  const h = spawn(
    (function* (): Async<void> {
      using _p = yield* s.acquire();
      log('waiter', 'acquired');
    })(),
  );
  yield* yieldNow();
  p[Symbol.dispose]();
  log('main', `free ${s.availablePermits} try=${tryAcquireIsOk(s)}`);
  yield* h;
  log('main', `free ${s.availablePermits} try=${tryAcquireIsOk(s)}`);
}
