import { type Async, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<number> {
      return 1;
    })(),
  );
  yield* yieldNow();
  spawn(
    (function* (): Async<void> {
      log('other', 'ran');
    })(),
  );
  const v = yield* traced('join', h);
  log('main', `value ${v}`);
  yield* yieldNow();
  log('main', 'end');
}
