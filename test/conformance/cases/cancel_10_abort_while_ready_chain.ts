import { type Async, mpsc, spawn } from 'async-lessons';
import { joinError, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(100);
  for (let i = 0; i < 5; i++) yield* tx.send(i);
  const h = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('task', `got ${v}`);
      }
    })(),
  );
  log('main', 'aborting before its first poll');
  const [tx2, rx2] = mpsc.channel<number>(100);
  for (let i = 0; i < 5; i++) yield* tx2.send(i);
  const g = spawn(
    (function* (): Async<void> {
      using receiver = rx2;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('task2', `got ${v}`);
      }
    })(),
  );
  h.abort();
  log('main', `task: ${(yield* joinError(h)).isCancelled()}`);
  g.abort();
  log('main', `task2: ${(yield* joinError(g)).isCancelled()}`);
}
