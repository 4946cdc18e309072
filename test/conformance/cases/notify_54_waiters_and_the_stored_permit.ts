import { type Async, dropFuture, millis, Notify, sleep } from 'async-lessons';
import { log, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const first = n.notified();
  n.notifyOne();
  n.notifyWaiters();
  log('main', `early ready=${readyNow(first)}`);
  log('main', `permit left=${readyNow(n.notified())}`);
  const early = n.notified();
  const late = n.notified();
  n.notifyWaiters();
  n.notifyWaiters();
  dropFuture(early);
  log('main', `after drop, fresh ready=${readyNow(n.notified())}`);
  yield* sleep(millis(5));
  log('main', `late ready=${readyNow(late)}`);
}
