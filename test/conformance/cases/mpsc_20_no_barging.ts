import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { caught, log, option, sent } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  yield* tx.send('first');
  const tx2 = tx.clone();
  spawn(
    (function* (): Async<void> {
      using sender = tx2;
      yield* sender.send('waiter');
      log('waiter', 'sent');
    })(),
  );
  yield* yieldNow();
  log('main', `got ${option(yield* rx.recv())}`);
  log('main', `try_send ${sent(caught(() => tx.trySend('barger')))}`);
  log('main', `got ${option(yield* rx.recv())}`);
  log('main', `try_send ${sent(caught(() => tx.trySend('later')))}`);
  log('main', `got ${option(yield* rx.recv())}`);
}
