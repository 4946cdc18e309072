import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log, traced, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const probe = () => {
    // Both guards live to the end of the statement, in Rust.
    using read = l.tryRead();
    using write = l.tryWrite();
    log('main', `try_read ${read !== undefined} try_write ${write !== undefined}`);
  };
  const r1 = yield* l.read();
  const r2 = yield* l.read();
  const r3 = unwrap(l.tryRead());
  probe();
  const w = spawn(
    traced(
      'writer',
      (function* (): Async<void> {
        using g = yield* l.write();
        g.value += 1;
        yield* sleep(millis(5));
      })(),
    ),
  );
  for (const r of [r1, r2, r3]) {
    yield* sleep(millis(5));
    probe();
    r[Symbol.dispose]();
    log('main', 'a reader left');
  }
  probe();
  yield* w;
  probe();
}
