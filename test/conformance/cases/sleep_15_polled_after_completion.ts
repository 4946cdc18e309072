import { type Async, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  using s = sleep(millis(10));
  yield* s;
  log('main', 'first');
  yield* s;
  log('main', 'second');
  yield* sleep(millis(5));
  yield* s;
  log('main', 'third');
}
