import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { isOk, log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock('first');
  using w = yield* l.write();
  const hs = [
    spawn(
      (function* (): Async<void> {
        using g = yield* l.write();
        log('writer', 'in');
        g.value = 'second';
        yield* sleep(millis(5));
        log('writer', 'out');
      })(),
    ),
  ];
  for (const name of ['reader-1', 'reader-2']) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          using g = yield* l.read();
          log(name, `in, ${g.value}`);
        })(),
      ),
    );
  }
  yield* sleep(millis(5));
  using r = w.downgrade();
  log('main', `downgraded, try_read ok=${isOk(l.tryRead())}`);
  yield* sleep(millis(5));
  log('main', `drops its read guard, ${r.value}`);
  r[Symbol.dispose]();
  for (const h of hs) yield* h;
}
