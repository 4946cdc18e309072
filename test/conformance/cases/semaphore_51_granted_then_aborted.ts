import { type Async, millis, Semaphore, sleep, spawn, yieldNow } from 'async-lessons';
import { log, traced, tryAcquireIsOk } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const waiter = (name: string, n: number) =>
    spawn(
      traced(
        name,
        (function* (): Async<void> {
          (yield* s.acquireMany(n)).forget();
        })(),
      ),
    );
  const a = waiter('A', 2);
  waiter('B', 1);
  waiter('C', 1);
  const d = waiter('D', 1);
  yield* sleep(millis(5));
  s.addPermits(2);
  log('main', '2 for A, which is aborted');
  a.abort();
  yield* sleep(millis(5));
  log('main', `available=${s.availablePermits}`);
  d.abort();
  yield* yieldNow();
  log('main', `try_acquire=${tryAcquireIsOk(s)}`);
}
