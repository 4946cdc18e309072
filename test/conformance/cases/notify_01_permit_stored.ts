import { type Async, millis, Notify, timeout } from 'async-lessons';
import { log, outcome, timedOut, traced } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  n.notifyOne();
  log('main', 'notified before waiting');
  yield* traced('first', n.notified());
  const result = yield* outcome(timeout(millis(5), n.notified()));
  log('main', `second timed out=${timedOut(result)}`);
}
