import { type Async, spawn, yieldNow } from 'async-lessons';
import { debug, log } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<number> {
      log('task', 'done');
      return 5;
    })(),
  );
  yield* yieldNow();
  log('main', `finished=${h.isFinished()}`);
  h.abort();
  log('main', `result ${debug(yield* h)}`);
}
