import { type Async, millis, RwLock, spawn, timeout, yieldNow } from 'async-lessons';
import { isOk, log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  using inside = yield* l.read();
  const w = spawn(
    (function* (): Async<void> {
      const r = yield* outcome(timeout(millis(10), l.write()));
      log('writer', `ok=${!timedOut(r)}`);
    })(),
  );
  const r = spawn(
    (function* (): Async<void> {
      using _g = yield* l.read();
      log('reader', 'in');
    })(),
  );
  yield* yieldNow();
  log('main', `try_read ok=${isOk(l.tryRead())}`);
  yield* w;
  log('main', `try_read ok=${isOk(l.tryRead())}`);
  yield* r;
  log('main', `try_write ok=${isOk(l.tryWrite())}`);
  inside[Symbol.dispose]();
  log('main', `try_write ok=${isOk(l.tryWrite())}`);
}
