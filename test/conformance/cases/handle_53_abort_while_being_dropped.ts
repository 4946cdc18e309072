import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop, outcome, Then, traced } from '../common.ts';

export function* main(): Async<void> {
  const b = spawn(
    traced(
      'B',
      (function* (): Async<void> {
        using _g = new OnDrop('B-local');
        yield* sleep(secs(100));
      })(),
    ),
  );
  const a = spawn(
    traced(
      'A',
      (function* (): Async<void> {
        using _g = new Then(() => {
          log('A-local', 'drop');
          b.abort();
          const c = (function* (): Async<void> {
            log('C', 'runs');
          })();
          spawn(traced('C', c));
        });
        yield* sleep(secs(100));
      })(),
    ),
  );
  spawn(
    (function* (): Async<void> {
      yield* sleep(millis(5));
      log('D', 'same instant');
    })(),
  );
  yield* sleep(millis(5));
  a.abort();
  log('main', 'aborted A');
  yield* outcome(a);
  log('main', 'A is gone');
  yield* sleep(millis(5));
}
