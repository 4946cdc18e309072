import { type Async, millis, Semaphore, sleep, spawn, yieldNow } from 'async-lessons';
import { log, tryAcquireIsOk } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  const p1 = yield* s.acquire();
  const p2 = yield* s.acquire();
  const waiter = (name: string, n: number) =>
    spawn(
      (function* (): Async<void> {
        using _p = yield* s.acquireMany(n);
        log(name, `acquired ${n}`);
      })(),
    );
  const hs = [waiter('big', 2), waiter('small', 1)];
  yield* yieldNow();
  p1[Symbol.dispose]();
  log('main', `one back: free ${s.availablePermits} try=${tryAcquireIsOk(s)}`);
  yield* sleep(millis(5));
  log('main', 'nobody got through');
  p2[Symbol.dispose]();
  for (const h of hs) yield* h;
  log('main', `free ${s.availablePermits}`);
}
