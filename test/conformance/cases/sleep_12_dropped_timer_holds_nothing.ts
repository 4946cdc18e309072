import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

export function* main(): Async<void> {
  const long = sleep(secs(3600));
  log('main', `pending=${(yield* pollOnce(long)) === 'pending'}`);
  long[Symbol.dispose]();
  const handle = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(3));
      log('task', 'woke');
    })(),
  );
  yield* handle;
  log('main', 'end');
}
