import { type Async, CancellationToken } from 'async-lessons';
import { log, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const root = new CancellationToken();
  const a = root.childToken();
  const b = root.childToken();
  const a1 = a.childToken();
  const a11 = a1.childToken();
  const b1 = b.childToken();
  const show = () => {
    const of = (t: CancellationToken) => (t.isCancelled() ? 'x' : '-');
    log('main', `root ${of(root)} a ${of(a)} b ${of(b)} a1 ${of(a1)} a11 ${of(a11)} b1 ${of(b1)}`);
  };
  show();
  a1.cancel();
  show();
  a.cancel();
  a.cancel();
  show();
  const late = a.childToken();
  log('main', `late child ${late.isCancelled()} ready=${readyNow(late.cancelled())}`);
  root.cancel();
  show();
  log('main', `late grandchild ${root.childToken().childToken().isCancelled()}`);
}
