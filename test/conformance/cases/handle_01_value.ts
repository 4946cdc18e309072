import { type Async, millis, sleep, spawn } from 'async-lessons';
import { debug, log } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<number> {
      yield* sleep(millis(10));
      log('task', 'returns');
      return 42;
    })(),
  );
  log('main', 'awaiting');
  const r = yield* h;
  log('main', `result ${debug(r)}`);
}
