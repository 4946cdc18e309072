import { type AbortHandle, type Async, JoinError, JoinSet, oneshot, secs, sleep, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<string>();
  const waiting = set.spawn(
    traced(
      'waiting',
      (function* (): Async<string> {
        yield* sleep(secs(100));
        return 'waiting';
      })(),
    ),
  );
  yield* yieldNow();
  const [tx, rx] = oneshot.channel<AbortHandle>();
  const [tx2, rx2] = oneshot.channel<AbortHandle>();
  const me = set.spawn(
    traced(
      'me',
      (function* (): Async<string> {
        const queued = yield* rx;
        const me = yield* rx2;
        waiting.abort();
        queued.abort();
        me.abort();
        log('me', 'aborted all three');
        return 'me';
      })(),
    ),
  );
  const queued = set.spawn(
    traced(
      'queued',
      (function* (): Async<string> {
        return 'queued';
      })(),
    ),
  );
  tx.send(queued);
  tx2.send(me);
  for (;;) {
    try {
      const r = yield* set.joinNext();
      if (r === undefined) break;
      log('main', `${r.value} ended`);
    } catch (error) {
      if (!(error instanceof JoinError)) throw error;
      log('main', `cancelled=${error.isCancelled()}`);
    }
  }
}
