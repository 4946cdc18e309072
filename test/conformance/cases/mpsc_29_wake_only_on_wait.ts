import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(8);
  const collecting = (function* (): Async<number[]> {
    using receiver = rx;
    const v: number[] = [];
    for (let x = yield* receiver.recv(); x !== undefined; x = yield* receiver.recv()) {
      v.push(x);
    }
    return v;
  })();
  const r = spawn(traced('rx', collecting));
  yield* yieldNow();
  for (let i = 0; i < 3; i++) yield* tx.send(i);
  log('main', 'burst of 3');
  yield* yieldNow();
  yield* tx.send(3);
  tx[Symbol.dispose]();
  log('main', 'one more and close');
  log('main', `[${(yield* r).join(', ')}]`);
}
