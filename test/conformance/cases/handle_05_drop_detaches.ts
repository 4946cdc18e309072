import { type Async, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 3; i++) {
        yield* sleep(millis(10));
        log('task', `tick ${i}`);
      }
    })(),
  );
  h[Symbol.dispose]();
  log('main', 'handle dropped');
  yield* sleep(millis(35));
  log('main', 'end');
}
