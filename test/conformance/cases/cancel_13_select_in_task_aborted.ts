import { type Async, millis, secs, select, sleep, spawn } from 'async-lessons';
import { joinError, log, OnDrop, traced } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('task-local');
      const winner = yield* select(
        {
          A: traced('A', sleep(secs(10))),
          B: traced('B', sleep(secs(20))),
        },
        { biased: true },
      );
      log('task', winner.branch);
      log('task', 'never');
    })(),
  );
  yield* sleep(millis(5));
  h.abort();
  log('main', `${(yield* joinError(h)).isCancelled()}`);
}
