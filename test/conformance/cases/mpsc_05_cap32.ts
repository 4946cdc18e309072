import { type Async, mpsc, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(32);
  const s = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 1; i <= 40; i++) {
        if (sender.capacity === 0) log('tx', `full before ${i}`);
        yield* sender.send(i);
      }
      log('tx', 'end');
    })(),
  );
  const r = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      let batch: number[] = [];
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        batch.push(v);
        if (v % 8 === 0) {
          log('rx', `[${batch.join(', ')}]`);
          batch = [];
        }
      }
      log('rx', 'closed');
    })(),
  );
  yield* s;
  yield* r;
}
