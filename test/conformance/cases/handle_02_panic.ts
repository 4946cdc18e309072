import { type Async, millis, sleep, spawn } from 'async-lessons';
import { debug, joinError, log, OnDrop, panicText } from '../common.ts';

export function* main(): Async<void> {
  const bad = spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('bad-local');
      yield* sleep(millis(5));
      log('bad', 'about to panic');
      throw new Error(`boom ${7}`);
    })(),
  );
  const good = spawn(
    (function* (): Async<string> {
      yield* sleep(millis(10));
      log('good', 'fine');
      return 'ok';
    })(),
  );
  const e = yield* joinError(bad);
  log('main', `is_panic=${e.isPanic()} is_cancelled=${e.isCancelled()}`);
  log('main', `payload ${debug(panicText(e))}`);
  log('main', `good -> ${yield* good}`);
}
