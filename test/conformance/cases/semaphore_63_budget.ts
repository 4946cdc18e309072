import { AcquireError, type Async, Semaphore, spawn } from 'async-lessons';
import { outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(1);
  yield* spawn(
    traced(
      'served',
      (function* (): Async<void> {
        for (let i = 0; i < 300; i++) (yield* s.acquire())[Symbol.dispose]();
      })(),
    ),
  );
  s.close();
  yield* spawn(
    traced(
      'refused',
      (function* (): Async<void> {
        for (let i = 0; i < 300; i++) {
          const r = yield* outcome(s.acquire());
          if (!('error' in r && r.error instanceof AcquireError)) throw new Error('not refused');
        }
      })(),
    ),
  );
}
