import { type Async, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { joinError, log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const detached = spawn(
    (function* () {
      using _g = new OnDrop('detached');
      yield* sleep(millis(100));
    })(),
  );
  const first = detached.abortHandle();
  detached[Symbol.dispose]();
  yield* sleep(millis(1));
  first.abort();
  log('main', `finished=${first.isFinished()}`);
  yield* yieldNow();
  log('main', `finished=${first.isFinished()}`);

  const five = spawn(
    (function* () {
      return 5;
    })(),
  );
  const ah = five.abortHandle();
  yield* yieldNow();
  log('main', `finished=${ah.isFinished()}`);
  ah.abort();
  log('main', `${yield* five}`);

  const h = spawn(sleep(millis(100)));
  const a = h.abortHandle();
  const b = h.abortHandle();
  a.abort();
  b.abort();
  h.abort();
  log('main', `cancelled=${(yield* joinError(h)).isCancelled()}`);
}
