import { type Async, mpsc, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const s = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 5; i++) {
        log('tx', `sending ${i}`);
        yield* sender.send(i);
        log('tx', `sent ${i}`);
      }
      log('tx', 'end');
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
  yield* s;
  yield* r;
}
