import { type Async, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  for (const name of ['A', 'B']) {
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(10));
        log(name, 'woke');
        yield* selfWake();
        log(name, 'second step');
        yield* sleep(millis(10));
        log(name, 'woke again');
      })(),
    );
  }
  yield* yieldNow();
  log('main', 'both task timers are registered');
  yield* sleep(millis(10));
  log('main', 'woke');
  yield* sleep(millis(10));
  log('main', 'woke again');
  yield* sleep(millis(1));
  log('main', 'end');
}
