import { type Async, Semaphore } from 'async-lessons';
import { caught, errorText, log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  (yield* s.acquire()).forget();
  log('main', `free ${s.availablePermits}`);
  {
    using _p = yield* s.acquire();
    log('main', `free ${s.availablePermits} try=${errorText(caught(() => s.tryAcquire()))}`);
  }
  log('main', `free ${s.availablePermits}`);
  s.addPermits(3);
  log('main', `free ${s.availablePermits}`);
  const p = yield* s.acquireMany(4);
  log('main', `free ${s.availablePermits}`);
  p[Symbol.dispose]();
  log('main', `free ${s.availablePermits}`);
}
