import { type Async, millis, sleep, timeout } from 'async-lessons';
import { log, outcome, timed } from '../common.ts';

export function* main(): Async<void> {
  const first = yield* outcome(
    timeout(
      millis(20),
      (function* (): Async<string> {
        yield* sleep(millis(20));
        return 'inner';
      })(),
    ),
  );
  log('main', timed(first));
  const inner = sleep(millis(20));
  const second = yield* outcome(timeout(millis(20), inner));
  log('main', timed(second));
}
