import { type Async, Notify } from 'async-lessons';
import { log, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const early = n.notified();
  n.notifyWaiters();
  const late = n.notified();
  log('main', `early ready=${readyNow(early)}`);
  log('main', `late ready=${readyNow(late)}`);
}
