import { type Async, millis, now, sleep } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

export function* main(): Async<void> {
  using s = sleep(millis(10));
  log('main', `deadline ${s.deadline} elapsed ${s.isElapsed()}`);
  yield* sleep(millis(20));
  log('main', `unpolled, past: elapsed ${s.isElapsed()}`);
  const first = (yield* pollOnce(s)) !== 'pending';
  log('main', `ready=${first} elapsed ${s.isElapsed()}`);
  s.reset(now() + millis(15));
  log('main', `deadline ${s.deadline} elapsed ${s.isElapsed()}`);
  log('main', `ready=${(yield* pollOnce(s)) !== 'pending'}`);
  yield* sleep(millis(15));
  log('main', `fired: elapsed ${s.isElapsed()}`);
  s.reset(now() - millis(5));
  log('main', `deadline ${s.deadline} elapsed ${s.isElapsed()}`);
  yield* s;
  log('main', `ready, elapsed ${s.isElapsed()}`);
}
