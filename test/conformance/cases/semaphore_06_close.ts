import { AcquireError, type Async, millis, Semaphore, sleep, spawn, TryAcquireError } from 'async-lessons';
import { caught, debug, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(1);
  const p = yield* s.acquire();
  const hs = ['A', 'B'].map((name) =>
    spawn(
      (function* (): Async<void> {
        try {
          using _p = yield* s.acquire();
          log(name, 'acquired');
        } catch (error) {
          if (!(error instanceof AcquireError)) throw error;
          log(name, `error ${debug(error.message)}`);
        }
      })(),
    ),
  );
  yield* sleep(millis(5));
  s.close();
  log('main', `closed=${s.isClosed()}`);
  for (const h of hs) yield* h;
  log('main', `acquire err=${'error' in (yield* outcome(s.acquire()))}`);
  const error = caught(() => s.tryAcquire());
  log('main', `try_acquire ${error instanceof TryAcquireError && error.isClosed() ? 'Closed' : 'NoPermits'}`);
  p[Symbol.dispose]();
  log('main', `free ${s.availablePermits}`);
}
