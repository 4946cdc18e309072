import { type Async, spawn, watch, yieldNow } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel([1]);
  const r = spawn(
    (function* () {
      while ('value' in (yield* outcome(rx.changed()))) {
        log('rx', `[${rx.borrow().join(', ')}]`);
      }
      log('rx', 'closed');
    })(),
  );
  const push = (n: number, counts: boolean) =>
    tx.sendIfModified((v) => {
      v.value.push(n);
      return counts;
    });
  yield* yieldNow();
  log('main', `modified=${push(2, false)}`);
  yield* yieldNow();
  log('main', `modified=${push(3, true)}`);
  yield* yieldNow();
  tx.sendModify(() => {});
  yield* yieldNow();
  tx[Symbol.dispose]();
  yield* r;
}
