import { type Async, millis, mpsc, sleep, spawn, timeout } from 'async-lessons';
import { log, option, outcome, timed } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  const producer = spawn(
    (function* (): Async<void> {
      using sender = tx;
      yield* sleep(millis(10));
      log('producer', 'send');
      yield* outcome(sender.send(1));
    })(),
  );
  const consumer = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      const result = yield* outcome(timeout(millis(10), receiver.recv()));
      log('consumer', timed(result, option));
    })(),
  );
  yield* producer;
  yield* consumer;
}
