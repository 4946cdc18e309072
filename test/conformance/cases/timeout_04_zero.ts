import { type Async, Elapsed, millis, sleep, spawn, timeout, yieldNow } from 'async-lessons';
import { log, outcome, timed, traced } from '../common.ts';

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      log('task', 'ran');
    })(),
  );
  const ready = (function* (): Async<number> {
    return 1;
  })();
  const first = yield* outcome(timeout(millis(0), traced('ready', ready)));
  log('main', timed(first));
  const second = yield* outcome(timeout(millis(0), traced('slow', sleep(millis(1)))));
  log('main', `${'error' in second && second.error instanceof Elapsed}`);
  const third = yield* outcome(timeout(millis(0), traced('yields', yieldNow())));
  log('main', `${'error' in third && third.error instanceof Elapsed}`);
  yield* yieldNow();
  log('main', 'end');
}
