import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const w0 = yield* l.write();
  const hs = ['R1', 'R2', 'R3'].map((name) =>
    spawn(
      (function* (): Async<void> {
        using _g = yield* l.read();
        log(name, 'granted');
        yield* sleep(millis(10));
      })(),
    ),
  );
  hs.push(
    spawn(
      (function* (): Async<void> {
        using _g = yield* l.write();
        log('W', 'granted');
      })(),
    ),
  );
  yield* sleep(millis(1));
  w0[Symbol.dispose]();
  for (const h of hs) yield* h;
}
