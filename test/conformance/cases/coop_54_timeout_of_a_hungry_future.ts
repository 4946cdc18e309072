import { type Async, millis, mpsc, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 1000; i++) tx.send(i);
  const h = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      let n = 0;
      const endless = (function* (): Async<void> {
        for (;;) {
          unwrap(yield* receiver.recv());
          n += 1;
        }
      })();
      const zero = yield* outcome(timeout(millis(0), endless));
      log('zero', `elapsed ${timedOut(zero)} after ${n}`);
      const rest = (function* (): Async<void> {
        while ((yield* receiver.recv()) !== undefined) n += 1;
      })();
      const five = yield* outcome(timeout(millis(5), rest));
      log('five', `elapsed ${timedOut(five)} after ${n}`);
    })(),
  );
  yield* h;
}
