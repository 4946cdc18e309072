import { type Async, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const hs = ['A', 'B', 'C', 'D'].map((name) =>
    spawn(
      (function* (): Async<void> {
        (yield* s.acquire()).forget();
        log(name, 'acquired');
      })(),
    ),
  );
  yield* sleep(millis(5));
  log('main', 'add 3');
  s.addPermits(3);
  yield* sleep(millis(5));
  log('main', 'add 2');
  s.addPermits(2);
  for (const h of hs) yield* h;
  log('main', `free ${s.availablePermits}`);
}
