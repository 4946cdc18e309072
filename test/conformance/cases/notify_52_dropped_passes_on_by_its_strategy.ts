import { type Async, dropFuture, type Notified, Notify } from 'async-lessons';
import { log, pollOnce, readyNow } from '../common.ts';

function* ready(name: string, f: Notified): Async<void> {
  log('main', `${name} ready=${(yield* pollOnce(f)) !== 'pending'}`);
}

export function* main(): Async<void> {
  const n = new Notify();
  const a = n.notified();
  const b = n.notified();
  const c = n.notified();
  const d = n.notified();
  for (const f of [a, b, c, d]) f.enable();
  n.notifyLast();
  dropFuture(d);
  log('main', 'd dropped');
  yield* ready('a', a);
  yield* ready('b', b);
  yield* ready('c', c);
  n.notifyOne();
  dropFuture(a);
  log('main', 'a dropped');
  yield* ready('b', b);
  n.notifyLast();
  log('main', `stored=${readyNow(n.notified())}`);
}
