import { type Async, millis, Notify, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  n.notifyWaiters();
  const result = yield* outcome(timeout(millis(5), n.notified()));
  log('main', `got it=${!timedOut(result)}`);
}
