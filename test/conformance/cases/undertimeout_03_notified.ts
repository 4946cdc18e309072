import { type Async, millis, Notify, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const first = yield* outcome(timeout(millis(10), n.notified()));
  log('main', `timed out=${timedOut(first)}`);
  n.notifyOne();
  const second = yield* outcome(timeout(millis(10), n.notified()));
  log('main', `timed out=${timedOut(second)}`);
  const third = yield* outcome(timeout(millis(10), n.notified()));
  log('main', `timed out=${timedOut(third)}`);
}
