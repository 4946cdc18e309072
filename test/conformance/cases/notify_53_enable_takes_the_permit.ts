import { type Async, dropFuture, Notify } from 'async-lessons';
import { log, pollOnce, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const a = n.notified();
  log('main', `enable without permit ${a.enable()}`);
  log('main', `enable again ${a.enable()}`);
  n.notifyOne();
  log('main', `enable after notify_one ${a.enable()}`);
  log('main', `a ready=${readyNow(a)}`);
  n.notifyOne();
  const b = n.notified();
  log('main', `enable with permit ${b.enable()}`);
  const c = n.notified();
  log('main', `c enable ${c.enable()}`);
  dropFuture(b);
  log('main', `b dropped, c ready=${(yield* pollOnce(c)) !== 'pending'}`);
  n.notifyOne();
  dropFuture(c);
  log('main', `c dropped, stored=${readyNow(n.notified())}`);
}
