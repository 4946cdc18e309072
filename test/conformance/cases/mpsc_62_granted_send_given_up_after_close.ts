import { type Async, millis, mpsc, spawn, timeout, yieldNow } from 'async-lessons';
import { caught, log, option, outcome, sent, timed } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  yield* tx.send(1);
  const clone = tx.clone();
  const h = spawn(
    (function* (): Async<void> {
      using tx = clone;
      const r = yield* outcome(tx.send(2));
      log('sender', sent('error' in r ? r.error : undefined));
    })(),
  );
  yield* yieldNow();
  log('main', option(yield* rx.recv()));
  rx.close();
  h.abort();
  log('main', 'closed, and aborted the sender that has a slot');
  const r = yield* outcome(timeout(millis(5), rx.recv()));
  log('main', timed(r, option));
  log('main', sent(caught(() => tx.trySend(3))));
}
