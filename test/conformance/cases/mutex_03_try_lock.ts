import { type Async, Mutex, spawn, yieldNow } from 'async-lessons';
import { debug, log } from '../common.ts';

/** The text of `TryLockError`: our `tryLock` answers `undefined` where Rust's answers that. */
const WOULD_BLOCK = 'operation would block';

function isOk(m: Mutex<number>): boolean {
  using guard = m.tryLock();
  return guard !== undefined;
}

export function* main(): Async<void> {
  const m = new Mutex(1);
  using g = yield* m.lock();
  log('main', `held: ${debug(isOk(m) ? 'locked' : WOULD_BLOCK)}`);
  const h = spawn(
    (function* (): Async<void> {
      using guard = yield* m.lock();
      guard.value += 1;
      log('waiter', 'locked');
    })(),
  );
  yield* yieldNow();
  g[Symbol.dispose]();
  log('main', `promised to the waiter: try=${isOk(m)}`);
  yield* h;
  using free = m.tryLock();
  log('main', `free: value ${free?.value}`);
}
