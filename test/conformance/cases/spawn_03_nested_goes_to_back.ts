import assert from 'node:assert/strict';
import { type Async, mpsc, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<void>();
  for (const name of ['A', 'B', 'C']) {
    spawn(
      (function* (sender): Async<void> {
        log(name, 'run');
        const inner = `${name}1`;
        spawn(
          (function* (): Async<void> {
            using tx = sender;
            log(inner, 'run');
            tx[Symbol.dispose]();
          })(),
        );
        log(name, 'end');
      })(tx.clone()),
    );
  }
  tx[Symbol.dispose]();
  assert.equal(yield* rx.recv(), undefined);
  log('main', 'end');
}
