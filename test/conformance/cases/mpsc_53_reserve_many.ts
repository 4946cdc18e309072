import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { caught, errorText, log, outcome, sent, traced, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(3);
  {
    using permits = yield* tx.reserveMany(2);
    log('main', `capacity ${tx.capacity} permits ${permits.length}`);
    unwrap(permits.next().value).send('one');
  }
  log('main', `capacity ${tx.capacity}`);
  log('main', `reserve_many(4) ok=${'value' in (yield* outcome(tx.reserveMany(4)))}`);
  {
    using none = yield* tx.reserveMany(0);
    log('main', `reserve_many(0) len=${none.length}`);
  }
  log('main', `try_reserve_many(3) ${errorText(caught(() => tx.tryReserveMany(3)))}`);
  {
    using two = tx.tryReserveMany(2);
    log('main', `try_reserve_many(2) len=${two.length}`);
  }
  const clone = tx.clone();
  const h = spawn(
    traced(
      'three',
      (function* (): Async<void> {
        using tx = clone;
        const texts = ['two', 'three', 'four'];
        for (const p of yield* tx.reserveMany(3)) p.send(unwrap(texts.shift()));
      })(),
    ),
  );
  yield* sleep(millis(5));
  log('main', `try_send ${sent(caught(() => tx.trySend('between')))}`);
  log('rx', `${yield* rx.recv()}`);
  yield* h;
  rx.close();
  log('main', `reserve_many ok=${'value' in (yield* outcome(tx.reserveMany(1)))}`);
  log('main', `try_reserve_many ${errorText(caught(() => tx.tryReserveMany(1)))}`);
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) log('rx', v);
}
