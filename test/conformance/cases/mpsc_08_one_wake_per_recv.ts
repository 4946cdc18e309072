import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { log, option, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  yield* tx.send(0);
  for (const [i, name] of ['A', 'B', 'C'].entries()) {
    const task = (function* (clone): Async<void> {
      using sender = clone;
      yield* sender.send(i + 1);
    })(tx.clone());
    spawn(traced(name, task));
  }
  tx[Symbol.dispose]();
  yield* yieldNow();
  for (let round = 0; round < 4; round++) {
    const v = yield* rx.recv();
    log('main', `got ${option(v)}`);
    yield* yieldNow();
    log('main', 'yielded');
  }
  log('main', option(yield* rx.recv()));
}
