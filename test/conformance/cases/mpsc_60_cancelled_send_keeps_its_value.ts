import { type Async, dropFuture, millis, mpsc, select, sleep } from 'async-lessons';
import { caught, log, OnDrop, pollOnce } from '../common.ts';

function* receivedSome(rx: mpsc.Receiver<OnDrop>): Async<boolean> {
  using value = yield* rx.recv();
  return value !== undefined;
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<OnDrop>(1);
  yield* tx.send(new OnDrop('v1'));
  const { branch } = yield* select({ sent: tx.send(new OnDrop('v2')), 'gave up': sleep(millis(5)) }, { biased: true });
  log('main', branch);
  log('main', `received, ${yield* receivedSome(rx)}`);
  log('main', `empty ${caught(() => rx.tryRecv()) !== undefined}`);
  {
    using send = tx.send(new OnDrop('v3'));
    log('main', `v3 sent ${(yield* pollOnce(send)) !== 'pending'}`);
    log('main', 'the future is dropped');
  }
  const unpolled = tx.send(new OnDrop('v4'));
  log('main', 'an unpolled send');
  dropFuture(unpolled);
  rx[Symbol.dispose]();
  log('main', 'end');
}
