import { type Async, Notify } from 'async-lessons';
import { log, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const first = n.notified();
  const second = n.notified();
  n.notifyOne();
  log('main', `second ready=${readyNow(second)}`);
  log('main', `first ready=${readyNow(first)}`);
}
