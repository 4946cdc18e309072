import { type Async, Elapsed, Mutex, millis, timeout } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex(0);
  using _g = yield* m.lock();
  const r = yield* outcome(timeout(millis(30), m.lock()));
  log('main', `second lock timed out=${'error' in r && r.error instanceof Elapsed}`);
}
