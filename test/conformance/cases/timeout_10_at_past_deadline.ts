import { type Async, millis, now, sleep, timeoutAt } from 'async-lessons';
import { log, outcome, timed } from '../common.ts';

export function* main(): Async<void> {
  const start = now();
  yield* sleep(millis(10));
  const ready = (function* (): Async<number> {
    return 3;
  })();
  const first = yield* outcome(timeoutAt(start, ready));
  log('main', timed(first));
  const second = yield* outcome(timeoutAt(start, sleep(millis(1))));
  log('main', timed(second));
  const third = yield* outcome(timeoutAt(start + millis(15), sleep(millis(1))));
  log('main', timed(third));
}
