import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, option, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const tx2 = tx.clone();
  const receiving = (function* (): Async<number | undefined> {
    using receiver = rx;
    return yield* receiver.recv();
  })();
  const r = spawn(traced('rx', receiving));
  yield* sleep(millis(5));
  tx[Symbol.dispose]();
  log('main', 'first sender dropped');
  yield* sleep(millis(5));
  tx2[Symbol.dispose]();
  log('main', 'last sender dropped');
  log('main', option(yield* r));
}
