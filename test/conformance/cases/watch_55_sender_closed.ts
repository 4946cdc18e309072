import { type Async, millis, sleep, spawn, watch } from 'async-lessons';
import { caught, log, readyNow, sent, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  const rx2 = rx.clone();
  const h = spawn(
    traced(
      'closed',
      (function* (): Async<void> {
        yield* tx.closed();
      })(),
    ),
  );
  yield* sleep(millis(5));
  rx[Symbol.dispose]();
  log('main', `one left, is_closed ${tx.isClosed()}`);
  yield* sleep(millis(5));
  rx2[Symbol.dispose]();
  log('main', `none left, is_closed ${tx.isClosed()}`);
  yield* h;
  const rx3 = tx.subscribe();
  log('main', `is_closed ${tx.isClosed()}, closed ready=${readyNow(tx.closed())}`);
  log('main', `send ${sent(caught(() => tx.send(1)))}`);
  rx3[Symbol.dispose]();
  log('main', `send ${sent(caught(() => tx.send(2)))}`);
  log('main', `value ${tx.borrow()}`);
  log('main', `replaced ${tx.sendReplace(3)}, value ${tx.borrow()}`);
}
