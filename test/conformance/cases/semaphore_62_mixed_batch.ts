import { type Async, millis, Semaphore, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const waiter = (name: string, n: number) =>
    spawn(
      (function* (): Async<void> {
        (yield* s.acquireMany(n)).forget();
        log(name, 'acquired');
      })(),
    );
  waiter('one', 1);
  waiter('two', 2);
  waiter('four', 4);
  waiter('last', 1);
  yield* yieldNow();
  for (const n of [2, 3, 1, 5]) {
    log('main', `add ${n}`);
    s.addPermits(n);
    log('main', `free ${s.availablePermits}`);
    yield* sleep(millis(1));
  }
}
