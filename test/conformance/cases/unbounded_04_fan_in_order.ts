import { type Async, mpsc, spawn } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<string>();
  for (const name of ['A', 'B', 'C']) {
    spawn(
      (function* (sender): Async<void> {
        using tx = sender;
        for (let i = 0; i < 3; i++) {
          tx.send(`${name}${i}`);
          yield* selfWake();
        }
      })(tx.clone()),
    );
  }
  tx[Symbol.dispose]();
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) log('main', v);
  log('main', 'closed');
}
