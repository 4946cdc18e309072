import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 300; i++) tx.send(i);
  tx[Symbol.dispose]();
  let n = 0;
  const o = spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 3; i++) {
        log('other', `turn ${i} sees ${n}`);
        yield* yieldNow();
      }
    })(),
  );
  while ((yield* rx.recv()) !== undefined) n += 1;
  log('main', 'drained');
  yield* o;
}
