import { type Async, oneshot, spawn, yieldNow } from 'async-lessons';
import { caught, joinError, log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<number>();
  const h = spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('local');
      const v = yield* rx;
      log('task', `got ${v}`);
    })(),
  );
  yield* yieldNow();
  log('main', `send ok=${caught(() => tx.send(1)) === undefined}`);
  h.abort();
  const e = yield* joinError(h);
  log('main', `is_cancelled=${e.isCancelled()}`);
}
