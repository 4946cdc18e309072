import { type Async, Mutex, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const counter = new Mutex(0);
  for (let i = 0; i < 10; i++) {
    spawn(
      (function* (): Async<void> {
        using n = yield* counter.lock();
        n.value += 1;
        log('task', `${i} made it ${n.value}`);
      })(),
    );
  }
  log('main', 'spawned');
  yield* sleep(millis(100));
  using n = yield* counter.lock();
  log('main', `final count ${n.value}`);
}
