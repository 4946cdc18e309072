import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  const h = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; ; i++) {
        yield* sender.send(i);
        yield* sleep(millis(10));
      }
    })(),
  );
  const r = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('rx', `got ${v}`);
      }
      log('rx', 'closed');
    })(),
  );
  yield* sleep(millis(25));
  h.abort();
  log('main', 'aborted sender');
  yield* r;
}
