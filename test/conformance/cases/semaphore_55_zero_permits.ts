import { type Async, Semaphore, spawn, yieldNow } from 'async-lessons';
import { caught, log, outcome, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(1);
  const w = spawn(
    (function* (): Async<void> {
      const r = yield* outcome(s.acquireMany(5));
      log('big', `ok=${'value' in r}`);
    })(),
  );
  yield* yieldNow();
  log('main', `acquire_many(0) ready=${readyNow(s.acquireMany(0))}`);
  log('main', `try_acquire_many(0) ok=${caught(() => s.tryAcquireMany(0)) === undefined}`);
  log('main', `acquire ready=${readyNow(s.acquire())}`);
  s.close();
  yield* w;
  log('main', `acquire_many(0) ok=${'value' in (yield* outcome(s.acquireMany(0)))}`);
  log('main', `try_acquire_many(0) ok=${caught(() => s.tryAcquireMany(0)) === undefined}`);
}
