import { type Async, broadcast, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log, outcome, traced, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  const hs = ['A', 'B', 'C', 'D'].map((name) => {
    const resubscribed = rx.resubscribe();
    return spawn(
      traced(
        name,
        (function* (): Async<void> {
          using rx = resubscribed;
          for (;;) {
            const r = yield* outcome(rx.recv());
            if ('error' in r) break;
            log(name, `${r.value}`);
          }
        })(),
      ),
    );
  });
  rx[Symbol.dispose]();
  yield* sleep(millis(5));
  unwrap(hs[1]).abort();
  log('main', `sent to ${tx.send(1)}`);
  yield* yieldNow();
  log('main', `sent to ${tx.send(2)}`);
  tx.send(3);
  yield* yieldNow();
  tx[Symbol.dispose]();
  for (const h of hs) yield* outcome(h);
}
