import { type Async, broadcast, millis, sleep, spawn } from 'async-lessons';
import { log, readyNow, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  const rx2 = tx.subscribe();
  const tx2 = tx.clone();
  const h = spawn(
    traced(
      'closed',
      (function* (): Async<void> {
        using tx = tx2;
        yield* tx.closed();
      })(),
    ),
  );
  yield* sleep(millis(5));
  rx[Symbol.dispose]();
  yield* sleep(millis(5));
  rx2[Symbol.dispose]();
  log('main', 'no receiver');
  yield* h;
  log('main', `closed ready=${readyNow(tx.closed())}`);
  const rx3 = tx.subscribe();
  log('main', `closed ready=${readyNow(tx.closed())}`);
  log('main', `rx closed=${rx3.isClosed()}`);
  tx[Symbol.dispose]();
  log('main', `rx closed=${rx3.isClosed()}`);
}
