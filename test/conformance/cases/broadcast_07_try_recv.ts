import { type Async, broadcast } from 'async-lessons';
import { log, received } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(2);
  const tryRecv = () => {
    try {
      return received({ value: rx.tryRecv() });
    } catch (error) {
      return received({ error });
    }
  };
  log('main', tryRecv());
  tx.send(1);
  log('main', tryRecv());
  for (let i = 2; i < 6; i++) tx.send(i);
  log('main', tryRecv());
  log('main', tryRecv());
  log('main', tryRecv());
  log('main', tryRecv());
  tx[Symbol.dispose]();
  log('main', tryRecv());
}
