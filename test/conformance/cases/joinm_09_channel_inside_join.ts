import { type Async, join, mpsc } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  yield* join(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 4; i++) {
        yield* sender.send(i);
        log('tx', `sent ${i}`);
      }
    })(),
    (function* (): Async<void> {
      using receiver = rx;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('rx', `got ${v}`);
      }
      log('rx', 'closed');
    })(),
  );
  log('main', 'end');
}
