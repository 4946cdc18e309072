import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { joinError, log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const parent = spawn(
    (function* (): Async<void> {
      spawn(
        (function* (): Async<void> {
          yield* sleep(millis(20));
          log('child', 'done');
        })(),
      );
      using _g = new OnDrop('parent-local');
      yield* sleep(secs(100));
    })(),
  );
  yield* sleep(millis(5));
  parent.abort();
  log('main', `aborted parent: ${(yield* joinError(parent)).isCancelled()}`);
  yield* sleep(millis(30));
  log('main', 'end');
}
