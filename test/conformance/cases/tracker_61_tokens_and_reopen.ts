import { type Async, dropFuture, TaskTracker } from 'async-lessons';
import { log, pollOnce, readyNow } from '../common.ts';

function* says(label: string, text: string): Async<void> {
  log(label, text);
}

export function* main(): Async<void> {
  const t = new TaskTracker();
  const f = t.trackFuture(says('tracked', 'ran'));
  const first = t.token();
  log('main', `len ${t.length}`);
  t.close();
  using w = t.wait();
  log('main', `pending=${(yield* pollOnce(w)) === 'pending'}`);
  yield* f;
  log('main', `len ${t.length} pending=${(yield* pollOnce(w)) === 'pending'}`);
  const before = t.wait();
  first[Symbol.dispose]();
  log('main', `len ${t.length}`);
  t.reopen();
  const second = t.token();
  const after = t.wait();
  log('main', `w ready=${(yield* pollOnce(w)) !== 'pending'}`);
  log('main', `before ready=${readyNow(before)}`);
  log('main', `after ready=${readyNow(after)}`);
  second[Symbol.dispose]();
  log('main', `open: ready=${readyNow(t.wait())}`);
  t.close();
  log('main', `closed: ready=${readyNow(t.wait())}`);
  dropFuture(t.trackFuture(says('dropped', 'never runs')));
  log('main', `len ${t.length}`);
}
