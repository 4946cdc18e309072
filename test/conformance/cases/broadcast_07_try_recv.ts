import { type Async, broadcast } from 'async-lessons';
import { log, tryReceived } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(2);
  log('main', tryReceived(rx));
  tx.send(1);
  log('main', tryReceived(rx));
  for (let i = 2; i < 6; i++) tx.send(i);
  log('main', tryReceived(rx));
  log('main', tryReceived(rx));
  log('main', tryReceived(rx));
  log('main', tryReceived(rx));
  tx[Symbol.dispose]();
  log('main', tryReceived(rx));
}
