import { type Async, millis, Notify, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const order: number[] = [];
  for (let i = 0; i < 40; i++) {
    spawn(
      (function* (): Async<void> {
        for (;;) {
          yield* n.notified();
          order.push(i);
        }
      })(),
    );
  }
  yield* sleep(millis(5));
  for (let round = 0; round < 2; round++) {
    n.notifyWaiters();
    if (round === 1) n.notifyOne();
    yield* sleep(millis(5));
    log('main', order.splice(0).join(' '));
  }
}
