import { type Async, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { caught, errorText, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  const held = s.tryAcquire();
  const waiter = (name: string, n: number) =>
    spawn(
      (function* (): Async<void> {
        const r = yield* outcome(s.acquireMany(n));
        log(name, `ok=${'value' in r} available=${s.availablePermits}`);
      })(),
    );
  const hs = [waiter('big', 3), waiter('small', 1)];
  yield* sleep(millis(5));
  log('main', `available=${s.availablePermits}`);
  s.close();
  log('main', `closed=${s.isClosed()} available=${s.availablePermits}`);
  for (const h of hs) yield* h;
  held[Symbol.dispose]();
  log('main', `available=${s.availablePermits}`);
  log('main', errorText(caught(() => s.tryAcquire())));
}
