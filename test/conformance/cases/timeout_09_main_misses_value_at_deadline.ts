import { type Async, millis, mpsc, pending, sleep, spawn, timeout, yieldNow } from 'async-lessons';
import { log, option, outcome, timed } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  spawn(
    (function* (): Async<void> {
      using sender = tx;
      yield* sleep(millis(10));
      log('producer', 'send');
      yield* outcome(sender.send(1));
      yield* pending();
    })(),
  );
  yield* yieldNow();
  log('main', 'producer timer is registered');
  const first = yield* outcome(timeout(millis(10), rx.recv()));
  log('main', timed(first, option));
  const second = yield* outcome(timeout(millis(10), rx.recv()));
  log('main', timed(second, option));
}
