import { type Async, RwLock, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(1);
  using w = yield* l.write();
  const h = spawn(
    (function* (): Async<void> {
      using g = yield* l.read();
      log('R', `read ${g.value}`);
    })(),
  );
  yield* yieldNow();
  w.value = 2;
  log('main', 'downgrading');
  using r = w.downgrade();
  yield* h;
  log('main', `still holds a read guard on ${r.value}`);
}
