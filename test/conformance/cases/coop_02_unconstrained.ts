import { type Async, mpsc, spawn, unconstrained } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 1000; i++) tx.send(i);
  tx[Symbol.dispose]();
  let n = 0;
  const r = spawn(
    unconstrained(
      (function* (): Async<void> {
        using receiver = rx;
        while ((yield* receiver.recv()) !== undefined) n += 1;
      })(),
    ),
  );
  const o = spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 3; i++) {
        log('other', `turn ${i} sees ${n}`);
        yield* selfWake();
      }
    })(),
  );
  yield* r;
  yield* o;
}
