import { type Async, millis, sleep } from 'async-lessons';
import { log, nowOrNever, option, pollOnce, traced } from '../common.ts';

export function* main(): Async<void> {
  const five = (function* (): Async<number> {
    return 5;
  })();
  const ready = nowOrNever(traced('ready', five));
  log('main', `ready -> ${option(ready)}`);
  const slow = nowOrNever(traced('slow', sleep(millis(5))));
  log('main', `slow -> ${option(slow)}`);
  const s = traced('kept', sleep(millis(5)));
  log('main', `poll! pending=${(yield* pollOnce(s)) === 'pending'}`);
  yield* s;
  log('main', 'kept done');
}
