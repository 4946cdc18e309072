import { type Async, dropFuture, millis, secs, sleep, spawn, yieldNow } from 'async-lessons';
import { log, OnDrop, traced } from '../common.ts';

export function* main(): Async<void> {
  {
    const h = spawn(
      traced(
        'A',
        (function* (): Async<void> {
          using _g = new OnDrop('A-local');
          yield* sleep(secs(100));
        })(),
      ),
    );
    const abort = h.abortHandle();
    const other = abort;
    log('main', `same id ${abort.id === h.id}`);
    dropFuture(h);
    yield* sleep(millis(5));
    log('main', `finished ${abort.isFinished()}`);
    abort.abort();
    other.abort();
    log('main', `finished ${other.isFinished()}`);
    yield* yieldNow();
    log('main', `finished ${other.isFinished()}`);
  }
  const h = spawn(
    (function* (): Async<number> {
      return 5;
    })(),
  );
  const abort = h.abortHandle();
  yield* yieldNow();
  abort.abort();
  log('main', `finished ${abort.isFinished()} value ${yield* h}`);
}
