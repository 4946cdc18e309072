import { type Async, Semaphore, spawn, yieldNow } from 'async-lessons';
import { log, selfWake, traced } from '../common.ts';

export function* main(): Async<void> {
  const hs = [
    spawn(
      traced(
        'hungry',
        (function* (): Async<void> {
          const s = new Semaphore(1);
          for (let i = 1; i <= 400; i++) {
            using _p = yield* s.acquire();
            if (i % 100 === 0) log('hungry', `${i}`);
          }
        })(),
      ),
    ),
    spawn(
      (function* (): Async<void> {
        for (let i = 0; i < 4; i++) {
          log('self-waker', `${i}`);
          yield* selfWake();
        }
      })(),
    ),
    spawn(
      (function* (): Async<void> {
        for (let i = 0; i < 4; i++) {
          log('yielder', `${i}`);
          yield* yieldNow();
        }
      })(),
    ),
  ];
  for (const h of hs) yield* h;
}
