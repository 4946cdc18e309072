import { type Async, mpsc, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const reader = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      let n = 0;
      let sum = 0;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        if (n === 0) log('rx', `first ${v}`);
        n += 1;
        sum += v;
      }
      log('rx', `n=${n} sum=${sum}`);
    })(),
  );
  for (let i = 0; i < 1000; i++) tx.send(i);
  log('main', 'sent 1000');
  tx[Symbol.dispose]();
  yield* reader;
}
