import { type Async, JoinSet, millis, secs, sleep, yieldNow } from 'async-lessons';
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
  set[Symbol.dispose]();
  log('main', 'set dropped');
  yield* yieldNow();
  log('main', 'end');
}
