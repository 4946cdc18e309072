import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  using w = yield* l.write();
  const visit = (name: string, writes: boolean) =>
    spawn(
      (function* (): Async<void> {
        using _g = writes ? yield* l.write() : yield* l.read();
        log(name, 'in');
        yield* sleep(millis(10));
        log(name, 'out');
      })(),
    );
  const hs = [visit('r1', false), visit('r2', false), visit('w3', true), visit('r4', false)];
  yield* sleep(millis(5));
  using r = w.downgrade();
  log('main', 'downgraded');
  yield* sleep(millis(20));
  log('main', 'releases');
  r[Symbol.dispose]();
  for (const h of hs) yield* h;
}
