import { type Async, join, millis, sleep } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  yield* join(traced('a', sleep(millis(10))), traced('b', sleep(millis(30))), traced('c', sleep(millis(20))));
  log('main', 'end');
}
