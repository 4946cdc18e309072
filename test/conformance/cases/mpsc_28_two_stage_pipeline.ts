import { type Async, mpsc, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx1, rx1] = mpsc.channel<number>(1);
  const [tx2, rx2] = mpsc.channel<number>(1);
  const a = spawn(
    (function* (): Async<void> {
      using sender = tx1;
      for (let i = 0; i < 5; i++) {
        yield* sender.send(i);
        log('source', `sent ${i}`);
      }
      log('source', 'end');
    })(),
  );
  const b = spawn(
    (function* (): Async<void> {
      using sender = tx2;
      using receiver = rx1;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('stage', `square ${v}`);
        yield* sender.send(v * v);
      }
      log('stage', 'end');
    })(),
  );
  const c = spawn(
    (function* (): Async<void> {
      using receiver = rx2;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('sink', `got ${v}`);
      }
      log('sink', 'end');
    })(),
  );
  yield* a;
  yield* b;
  yield* c;
}
