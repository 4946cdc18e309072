import { type Async, millis, mpsc, sleep, spawn, timeout } from 'async-lessons';
import { log, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(2);
  const hs = ['A', 'B', 'C', 'D', 'E'].map((name) => {
    const clone = tx.clone();
    return spawn(
      (function* (): Async<void> {
        using tx = clone;
        yield* tx.send(name);
        log(name, 'sent');
      })(),
    );
  });
  tx[Symbol.dispose]();
  yield* sleep(millis(5));
  unwrap(hs[2]).abort();
  for (;;) {
    const batch = yield* timeout(millis(10), rx.recvMany(2));
    log('rx', `${batch.length} ${batch.join(' ')}`);
    if (batch.length === 0) break;
    yield* sleep(millis(5));
  }
}
