import { type Async, mpsc, Notify, select, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 300; i++) tx.send(i);
  tx[Symbol.dispose]();
  const n = new Notify();
  const h = spawn(
    traced(
      'task',
      (function* (): Async<void> {
        let received = 0;
        for (;;) {
          n.notifyOne();
          const winner = yield* select({ v: rx.recv(), notified: n.notified() }, { biased: true });
          if (winner.branch === 'notified') {
            log('task', `notified after ${received}`);
            yield* yieldNow();
            continue;
          }
          if (winner.value === undefined) break;
          received += 1;
        }
        log('task', `received ${received}`);
      })(),
    ),
  );
  yield* h;
}
