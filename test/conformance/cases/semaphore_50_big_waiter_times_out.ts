import { type Async, millis, Semaphore, sleep, spawn, timeout, yieldNow } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  const big = spawn(
    (function* (): Async<void> {
      const r = yield* outcome(timeout(millis(10), s.acquireMany(3)));
      log('big', `ok=${!timedOut(r)} available=${s.availablePermits}`);
    })(),
  );
  const hs = [big];
  for (const name of ['small-1', 'small-2', 'small-3']) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          using _p = yield* s.acquire();
          log(name, `acquired, available=${s.availablePermits}`);
          yield* sleep(millis(7));
          log(name, 'done');
        })(),
      ),
    );
  }
  yield* yieldNow();
  log('main', `available=${s.availablePermits}`);
  for (const h of hs) yield* h;
  log('main', `available=${s.availablePermits}`);
}
