import { type Async, CancellationToken } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const p = new CancellationToken();
  const a = p.childToken();
  const b = p.childToken();
  const aa = a.childToken();
  const show = (when: string) =>
    log('main', `${when}: p=${p.isCancelled()} a=${a.isCancelled()} aa=${aa.isCancelled()} b=${b.isCancelled()}`);
  show('fresh');
  a.cancel();
  show('a cancelled');
  p.cancel();
  show('p cancelled');
  log('main', `child of cancelled=${p.childToken().isCancelled()}`);
}
