import { type Async, oneshot, SendError } from 'async-lessons';
import { caught, debug, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<string>();
  log('main', `closed=${tx.isClosed()}`);
  rx[Symbol.dispose]();
  log('main', `closed=${tx.isClosed()}`);
  const back = caught(() => tx.send('value'));
  log('main', `Err(${debug(back instanceof SendError && back.value)})`);
}
