import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { caught, log, option, outcome, sent, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  yield* tx.send('buffered');
  const hs = ['A', 'B', 'C'].map((name) => {
    const clone = tx.clone();
    return spawn(
      (function* (): Async<void> {
        using tx = clone;
        const r = yield* outcome(tx.send(name));
        log(name, sent('error' in r ? r.error : undefined));
        log(name, `is_closed ${tx.isClosed()}`);
      })(),
    );
  });
  yield* sleep(millis(5));
  unwrap(hs[1]).abort();
  rx.close();
  log('main', `closed, try_send ${sent(caught(() => tx.trySend('late')))}`);
  log('rx', option(yield* rx.recv()));
  log('rx', option(yield* rx.recv()));
  for (const h of hs) yield* outcome(h);
}
