import { type Async, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const order: number[] = [];
  for (let i = 0; i < 50; i++) {
    spawn(
      (function* (): Async<void> {
        (yield* s.acquireMany(i === 41 ? 2 : 1)).forget();
        order.push(i);
      })(),
    );
  }
  yield* sleep(millis(5));
  for (const add of [40, 2, 1, 7]) {
    s.addPermits(add);
    yield* sleep(millis(5));
    log('main', `${add}: ${order.splice(0).join(' ')}`);
  }
  log('main', `available ${s.availablePermits}`);
  s.addPermits(1);
  yield* sleep(millis(5));
  log('main', order.join(' '));
}
