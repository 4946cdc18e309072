import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { isOk, log, outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  using held = yield* l.write();
  const w1 = spawn(
    traced(
      'w1',
      (function* (): Async<void> {
        using g = yield* l.write();
        g.value += 1;
      })(),
    ),
  );
  const hs = [w1];
  for (const name of ['r2', 'r3']) {
    hs.push(
      spawn(
        traced(
          name,
          (function* (): Async<void> {
            using g = yield* l.read();
            log(name, `value ${g.value}`);
          })(),
        ),
      ),
    );
  }
  yield* sleep(millis(5));
  held[Symbol.dispose]();
  w1.abort();
  log('main', `released and aborted w1, try_write ok=${isOk(l.tryWrite())}`);
  for (const h of hs) yield* outcome(h);
}
