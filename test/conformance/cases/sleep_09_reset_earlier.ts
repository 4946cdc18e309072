import { type Async, millis, now, sleep } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

export function* main(): Async<void> {
  using s = sleep(millis(100));
  log('main', `pending=${(yield* pollOnce(s)) === 'pending'}`);
  s.reset(now() + millis(5));
  yield* s;
  log('main', 'woke');
  s.reset(now() + millis(50));
  log('main', `re-armed elapsed=${s.isElapsed()}`);
  log('main', `pending=${(yield* pollOnce(s)) === 'pending'}`);
  s.reset(now());
  yield* s;
  log('main', `end elapsed=${s.isElapsed()}`);
}
