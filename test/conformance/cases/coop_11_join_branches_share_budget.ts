import { type Async, join, mpsc, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx1, rx1] = mpsc.unboundedChannel<number>();
  const [tx2, rx2] = mpsc.unboundedChannel<number>();
  for (let i = 0; i < 300; i++) {
    tx1.send(i);
    tx2.send(i);
  }
  tx1[Symbol.dispose]();
  tx2[Symbol.dispose]();
  const h = spawn(
    (function* (): Async<void> {
      yield* join(
        traced(
          'a',
          (function* (): Async<void> {
            using receiver = rx1;
            let n = 0;
            while ((yield* receiver.recv()) !== undefined) {
              n += 1;
              if (n % 100 === 0) log('a', `${n}`);
            }
          })(),
        ),
        traced(
          'b',
          (function* (): Async<void> {
            using receiver = rx2;
            let n = 0;
            while ((yield* receiver.recv()) !== undefined) {
              n += 1;
              if (n % 100 === 0) log('b', `${n}`);
            }
          })(),
        ),
      );
    })(),
  );
  yield* h;
}
