import { type Async, secs, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const handle = spawn(
    (function* (): Async<void> {
      yield* sleep(secs(86_400 * 30));
      log('month', 'passed');
    })(),
  );
  yield* sleep(secs(1));
  log('main', 'one second');
  yield* sleep(secs(3600));
  log('main', 'one hour more');
  yield* handle;
  log('main', 'end');
}
