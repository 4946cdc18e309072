import { type Async, mpsc, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(3);
  const r = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      log('rx', 'start');
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('rx', `got ${v}`);
      }
      log('rx', 'closed');
    })(),
  );
  for (let i = 0; i < 5; i++) {
    log('main', `sending ${i}`);
    yield* tx.send(i);
  }
  log('main', 'all sent');
  tx[Symbol.dispose]();
  yield* r;
}
