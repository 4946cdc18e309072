import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  spawn(
    (function* (): Async<void> {
      using _rx = rx;
      yield* sleep(millis(15));
      log('rx', 'dropping');
    })(),
  );
  yield* tx.closed();
  log('main', 'closed');
}
