import { type Async, millis, RwLock, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const r0 = yield* l.read();
  const w = spawn(
    (function* (): Async<void> {
      const result = yield* outcome(timeout(millis(20), l.write()));
      log('W', `timed out=${timedOut(result)}`);
    })(),
  );
  const r = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(5));
      log('R', 'wants');
      using _g = yield* l.read();
      log('R', 'granted');
    })(),
  );
  yield* w;
  yield* r;
  r0[Symbol.dispose]();
}
