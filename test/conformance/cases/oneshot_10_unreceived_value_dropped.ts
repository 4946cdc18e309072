import { type Async, oneshot, SendError } from 'async-lessons';
import { caught, log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  {
    const [tx, rx] = oneshot.channel<OnDrop>();
    tx.send(new OnDrop('value'));
    log('main', 'sent');
    rx[Symbol.dispose]();
    log('main', 'receiver dropped');
  }
  const [tx, rx] = oneshot.channel<OnDrop>();
  rx[Symbol.dispose]();
  const back = caught(() => tx.send(new OnDrop('returned')));
  log('main', `send failed=${back instanceof SendError}`);
  if (back instanceof SendError) back.value[Symbol.dispose]();
  log('main', 'end');
}
