import { type Async, mpsc } from 'async-lessons';
import { caught, debug, log, option, sent } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  log('main', sent(caught(() => tx.trySend(1))));
  log('main', sent(caught(() => tx.trySend(2))));
  const full = caught(() => tx.trySend(3)) as Error;
  log('main', `text ${debug(full.message)}`);
  log('main', sent(full));
  log('main', option(yield* rx.recv()));
  log('main', sent(caught(() => tx.trySend(4))));
  rx[Symbol.dispose]();
  const closed = caught(() => tx.trySend(5)) as Error;
  log('main', `text ${debug(closed.message)}`);
  log('main', sent(closed));
}
