import { type Async, dropFuture, Notify } from 'async-lessons';
import { log, pollOnce, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const first = n.notified();
  log('main', `pending=${(yield* pollOnce(first)) === 'pending'}`);
  n.notifyOne();
  dropFuture(first);
  log('main', `after notify_one: ready=${readyNow(n.notified())}`);
  const second = n.notified();
  log('main', `pending=${(yield* pollOnce(second)) === 'pending'}`);
  n.notifyWaiters();
  dropFuture(second);
  log('main', `after notify_waiters: ready=${readyNow(n.notified())}`);
}
