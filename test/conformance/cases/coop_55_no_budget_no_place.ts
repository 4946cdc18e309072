import { type Async, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const a = spawn(
    (function* (): Async<void> {
      const free = new Semaphore(1);
      for (let i = 0; i < 128; i++) (yield* free.acquire())[Symbol.dispose]();
      log('hungry', 'asks');
      using _p = yield* s.acquire();
      log('hungry', 'has it');
    })(),
  );
  const b = spawn(
    (function* (): Async<void> {
      log('other', 'asks');
      using _p = yield* s.acquire();
      log('other', 'has it');
    })(),
  );
  yield* sleep(millis(5));
  s.addPermits(1);
  yield* a;
  yield* b;
}
