import { type Async, Elapsed, millis, sleep, timeout } from 'async-lessons';
import { log, outcome, traced } from '../common.ts';

function* threeSleeps(): Async<void> {
  yield* sleep(millis(10));
  yield* sleep(millis(10));
  yield* sleep(millis(10));
}

export function* main(): Async<void> {
  const result = yield* outcome(timeout(millis(25), traced('inner', threeSleeps())));
  log('main', `elapsed=${'error' in result && result.error instanceof Elapsed}`);
}
