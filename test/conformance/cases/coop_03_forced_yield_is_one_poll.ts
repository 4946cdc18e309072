import { type Async, mpsc, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 300; i++) tx.send(i);
  tx[Symbol.dispose]();
  let n = 0;
  yield* spawn(
    traced(
      'rx',
      (function* (): Async<void> {
        using receiver = rx;
        for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
          n += 1;
          if (v % 128 === 0) log('rx', `message ${v}`);
        }
      })(),
    ),
  );
  log('main', `${n}`);
}
