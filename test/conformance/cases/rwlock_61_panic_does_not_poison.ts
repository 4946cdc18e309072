import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { joinError, log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(1);
  const h = spawn(
    (function* (): Async<void> {
      using g = yield* l.write();
      g.value = 2;
      yield* sleep(millis(5));
      throw new Error('half done');
    })(),
  );
  const r = spawn(
    (function* (): Async<void> {
      log('R', 'waits');
      using g = yield* l.read();
      log('R', `sees ${g.value}`);
    })(),
  );
  log('main', `panic=${(yield* joinError(h)).isPanic()}`);
  yield* r;
}
