import { type Async, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

function* runs(): Async<void> {
  log('task', 'ran');
}

export function* main(): Async<void> {
  spawn(runs());
  for (let i = 0; i < 3; i++) {
    yield* traced('zero', sleep(millis(0)));
    log('main', `${i}`);
  }
  yield* yieldNow();
  log('main', 'end');
}
