import { type Async, millis, pending, secs, sleep, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const forever = Number.MAX_VALUE;
  const long = yield* outcome(timeout(forever, sleep(millis(5))));
  log('main', `ok=${!timedOut(long)}`);
  const short = yield* outcome(timeout(millis(5), sleep(forever)));
  log('main', `ok=${!timedOut(short)}`);
  const year = yield* outcome(timeout(secs(3600 * 24 * 365), pending()));
  log('main', `ok=${!timedOut(year)}`);
  yield* sleep(secs(3600 * 24 * 365));
  log('main', 'two years');
}
