import { type Async, broadcast, millis, sleep, spawn } from 'async-lessons';
import { log, outcome, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, unused] = broadcast.channel<string>(2);
  unused[Symbol.dispose]();
  const order: string[] = [];
  const hs = Array.from({ length: 40 }, (_, i) => {
    const receiver = tx.subscribe();
    return spawn(
      (function* (): Async<void> {
        using rx = receiver;
        for (;;) {
          const r = yield* outcome(rx.recv());
          if ('error' in r) break;
          order.push(`${i}:${r.value}`);
        }
      })(),
    );
  });
  yield* sleep(millis(5));
  for (const i of [3, 35]) unwrap(hs[i]).abort();
  for (const v of ['a', 'b']) {
    log('main', `sent to ${tx.send(v)}`);
    yield* sleep(millis(5));
    log('main', order.splice(0).join(' '));
  }
}
