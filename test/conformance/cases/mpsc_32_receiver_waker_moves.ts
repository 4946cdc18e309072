import { type Async, millis, mpsc, oneshot, pending, sleep, spawn } from 'async-lessons';
import { log, nowOrNever, option, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const [hand, take] = oneshot.channel<mpsc.Receiver<number>>();
  const giving = (function* (): Async<void> {
    using sender = hand;
    log('A', `pending=${nowOrNever(rx.recv()) === undefined}`);
    sender.send(rx);
    yield* pending();
  })();
  const a = spawn(traced('A', giving));
  const taking = (function* (): Async<void> {
    using receiver = yield* take;
    log('B', `got ${option(yield* receiver.recv())}`);
  })();
  const b = spawn(traced('B', taking));
  yield* sleep(millis(5));
  log('main', 'send');
  yield* tx.send(1);
  yield* b;
  a.abort();
}
