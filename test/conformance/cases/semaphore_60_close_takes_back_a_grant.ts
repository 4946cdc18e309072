import { type Async, Semaphore, spawn, TryAcquireError, yieldNow } from 'async-lessons';
import { caught, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const waiter = (name: string, n: number) =>
    spawn(
      (function* (): Async<void> {
        const r = yield* outcome(s.acquireMany(n));
        log(name, `ok=${'value' in r}`);
      })(),
    );
  const hs = [waiter('two', 2), waiter('three', 3)];
  yield* yieldNow();
  s.addPermits(4);
  log('main', `added, free ${s.availablePermits}`);
  s.close();
  log('main', `closed, free ${s.availablePermits}`);
  for (const h of hs) yield* h;
  log('main', `end, free ${s.availablePermits}`);
  s.addPermits(1);
  const error = caught(() => s.tryAcquire());
  const why = error instanceof TryAcquireError && error.isClosed() ? 'Closed' : 'NoPermits';
  log('main', `added, free ${s.availablePermits} try=${why}`);
}
