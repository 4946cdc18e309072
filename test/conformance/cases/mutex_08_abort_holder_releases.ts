import { type Async, Mutex, millis, secs, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex(0);
  const h = spawn(
    (function* (): Async<void> {
      using g = yield* m.lock();
      g.value = 1;
      log('holder', 'half way');
      yield* sleep(secs(100));
      g.value = 2;
    })(),
  );
  const w = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(1));
      using g = yield* m.lock();
      log('waiter', `value ${g.value}`);
    })(),
  );
  yield* sleep(millis(10));
  h.abort();
  log('main', 'aborted');
  yield* w;
}
