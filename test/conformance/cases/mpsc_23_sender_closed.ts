import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const tx2 = tx.clone();
  const a = spawn(
    (function* (): Async<void> {
      using sender = tx2;
      yield* sender.closed();
      log('A', 'closed');
    })(),
  );
  yield* sleep(millis(10));
  log('main', 'dropping receiver');
  rx[Symbol.dispose]();
  yield* a;
  yield* traced('again', tx.closed());
  log('main', 'end');
}
