import { type Async, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const sleeper = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(1));
      log('sleeper', 'woke');
    })(),
  );
  for (let i = 0; i < 1000; i++) yield* yieldNow();
  log('main', 'after 1000 yields');
  yield* sleeper;
  log('main', 'end');
}
