import { type Async, JoinSet, millis, secs, sleep } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<void>();
  for (const name of ['a', 'b']) {
    set.spawn(
      (function* () {
        using _g = new OnDrop(name);
        yield* sleep(secs(100));
      })(),
    );
  }
  yield* sleep(millis(5));
  log('main', 'shutdown');
  yield* set.shutdown();
  log('main', `done len=${set.length}`);
}
