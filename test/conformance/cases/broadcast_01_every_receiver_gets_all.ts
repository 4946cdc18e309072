import { type Async, broadcast, spawn, yieldNow } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(16);
  rx[Symbol.dispose]();
  const hs = ['A', 'B', 'C'].map((name) => {
    const task = (function* (receiver): Async<void> {
      for (;;) {
        const got = yield* outcome(receiver.recv());
        if ('error' in got) break;
        log(name, `got ${got.value}`);
      }
      log(name, 'closed');
    })(tx.subscribe());
    return spawn(task);
  });
  yield* yieldNow();
  log('main', `reached ${tx.send(1)}`);
  log('main', `reached ${tx.send(2)}`);
  yield* yieldNow();
  log('main', `reached ${tx.send(3)}`);
  tx[Symbol.dispose]();
  for (const h of hs) yield* h;
}
