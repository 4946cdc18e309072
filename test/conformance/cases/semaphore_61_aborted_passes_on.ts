import { type Async, millis, Semaphore, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  const p = yield* s.acquireMany(2);
  const visit = (name: string, n: number) =>
    spawn(
      (function* (): Async<void> {
        using _p = yield* s.acquireMany(n);
        log(name, `acquired, free ${s.availablePermits}`);
        yield* sleep(millis(10));
        log(name, 'end');
      })(),
    );
  const a3 = visit('A3', 3);
  visit('B1', 1);
  const c2 = visit('C2', 2);
  visit('D1', 1);
  yield* yieldNow();
  p[Symbol.dispose]();
  log('main', `two back, free ${s.availablePermits}`);
  yield* sleep(millis(1));
  a3.abort();
  log('main', `aborted A3 which has a part, free ${s.availablePermits}`);
  yield* sleep(millis(3));
  s.addPermits(1);
  c2.abort();
  log('main', `aborted C2, free ${s.availablePermits}`);
  yield* sleep(millis(30));
  log('main', `free ${s.availablePermits}`);
}
