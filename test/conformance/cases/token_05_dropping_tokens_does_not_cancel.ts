import { type Async, CancellationToken, millis, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  // A reference is a clone, and to forget it drops the clone.
  let p: CancellationToken | undefined = new CancellationToken();
  const c = p.childToken();
  log('main', `p=${p.isCancelled()} c=${c.isCancelled()}`);
  p = undefined;
  log('main', `c=${c.isCancelled()}`);
  const result = yield* outcome(timeout(millis(5), c.cancelled()));
  log('main', `waiting on orphan timed out=${timedOut(result)}`);
  c.cancel();
  log('main', `c=${c.isCancelled()}`);
}
