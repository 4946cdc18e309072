import { type AbortHandle, type Async, JoinSet, oneshot, yieldNow } from 'async-lessons';
import { joinError, log, OnDrop, ready } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<AbortHandle>();
  const set = new JoinSet<void>();
  const me = set.spawn(
    (function* () {
      using _g = new OnDrop('local');
      const me = yield* rx;
      me.abort();
      log('task', 'still running after abort');
      yield* ready();
      log('task', 'ready await does not suspend');
      yield* yieldNow();
      log('task', 'never');
    })(),
  );
  tx.send(me);
  const e = yield* joinError(set.joinNext());
  log('main', `is_cancelled=${e.isCancelled()}`);
}
