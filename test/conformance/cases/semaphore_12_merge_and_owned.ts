import { type Async, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(3);
  const p = yield* s.acquire();
  const h = spawn(
    (function* (): Async<void> {
      using _p = p;
      yield* sleep(millis(10));
      log('task', 'end');
    })(),
  );
  const a = s.tryAcquire();
  const b = s.tryAcquire();
  log('main', `free ${s.availablePermits}`);
  a.merge(b);
  a[Symbol.dispose]();
  log('main', `free ${s.availablePermits}`);
  yield* h;
  log('main', `free ${s.availablePermits}`);
}
