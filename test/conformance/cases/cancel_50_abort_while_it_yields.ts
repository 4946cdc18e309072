import { type Async, Semaphore, spawn, yieldNow } from 'async-lessons';
import { joinError, log, OnDrop, selfWake, traced } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    traced(
      'yielder',
      (function* (): Async<void> {
        using _g = new OnDrop('yielder-local');
        for (;;) yield* yieldNow();
      })(),
    ),
  );
  const hungry = spawn(
    traced(
      'hungry',
      (function* (): Async<void> {
        using _g = new OnDrop('hungry-local');
        const s = new Semaphore(1);
        for (;;) (yield* s.acquire())[Symbol.dispose]();
      })(),
    ),
  );
  yield* spawn(
    (function* (): Async<void> {
      log('aborter', 'aborts');
      h.abort();
      hungry.abort();
      yield* selfWake();
      log('aborter', `finished ${h.isFinished()} ${hungry.isFinished()}`);
      log('aborter', `${(yield* joinError(h)).isCancelled()} ${(yield* joinError(hungry)).isCancelled()}`);
    })(),
  );
  yield* yieldNow();
  log('main', 'end');
}
