import { type Async, Mutex, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex(0);
  const holder = spawn(
    (function* (): Async<void> {
      using g = yield* m.lock();
      log('holder', 'locked');
      yield* sleep(millis(50));
      g.value += 1;
      log('holder', 'unlocking');
    })(),
  );
  const other = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(10));
      log('other', 'wants the lock');
      using g = yield* m.lock();
      log('other', `locked, value ${g.value}`);
    })(),
  );
  yield* holder;
  yield* other;
}
