import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const producer = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 6; i++) {
        if (i % 3 === 0) yield* sleep(millis(10));
        log('producer', `send ${i}`);
        yield* sender.send(i);
      }
    })(),
  );
  const timer = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(11));
      log('timer', '11');
    })(),
  );
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) log('main', `got ${v}`);
  yield* producer;
  yield* timer;
}
