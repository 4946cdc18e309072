import { type Async, Notify } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  using first = n.notified();
  using second = n.notified();
  yield* pollOnce(second);
  yield* pollOnce(first);
  yield* pollOnce(second);
  yield* pollOnce(first);
  n.notifyOne();
  log('main', `first ready=${(yield* pollOnce(first)) !== 'pending'}`);
  log('main', `second ready=${(yield* pollOnce(second)) !== 'pending'}`);
  n.notifyOne();
  log('main', `first ready=${(yield* pollOnce(first)) !== 'pending'}`);
}
