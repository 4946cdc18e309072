import { type Async, millis, sleep, spawn } from 'async-lessons';
import { joinError, log, OnDrop, outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  {
    const inner = spawn(
      traced(
        'inner-1',
        (function* (): Async<OnDrop> {
          yield* sleep(millis(20));
          return new OnDrop('value');
        })(),
      ),
    );
    const outer = spawn(
      traced(
        'outer-1',
        (function* (): Async<void> {
          yield* outcome(inner);
        })(),
      ),
    );
    yield* sleep(millis(5));
    outer.abort();
    log('main', `outer cancelled ${(yield* joinError(outer)).isCancelled()}`);
    yield* sleep(millis(20));
  }
  const inner = spawn(
    traced(
      'inner-2',
      (function* (): Async<void> {
        yield* sleep(millis(20));
      })(),
    ),
  );
  const outer = spawn(
    traced(
      'outer-2',
      (function* (): Async<void> {
        log('outer-2', `inner cancelled ${(yield* joinError(inner)).isCancelled()}`);
      })(),
    ),
  );
  yield* sleep(millis(5));
  inner.abort();
  log('main', 'aborted inner-2');
  yield* outer;
}
