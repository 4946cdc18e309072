import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

function* inner(): Async<void> {
  using _x = new OnDrop('inner-x');
  using _y = new OnDrop('inner-y');
  yield* sleep(secs(100));
}

export function* main(): Async<void> {
  const cap = new OnDrop('capture');
  const h = spawn(
    (function* (): Async<void> {
      using _c = cap;
      using _a = new OnDrop('outer-a');
      using _b = new OnDrop('outer-b');
      yield* inner();
      log('task', 'never');
    })(),
  );
  yield* sleep(millis(5));
  h.abort();
  log('main', 'aborted');
  yield* outcome(h);
  log('main', 'end');
}
