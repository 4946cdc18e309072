import { type Async, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(3);
  const hs = Array.from({ length: 8 }, (_, i) =>
    spawn(
      (function* (): Async<void> {
        using _p = yield* s.acquire();
        log('task', `${i} start, free ${s.availablePermits}`);
        yield* sleep(millis(10 + i));
        log('task', `${i} end`);
      })(),
    ),
  );
  for (const h of hs) yield* h;
  log('main', `free ${s.availablePermits}`);
}
