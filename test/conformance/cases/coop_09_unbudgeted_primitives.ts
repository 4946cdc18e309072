import { type Async, broadcast, Notify, spawn, watch } from 'async-lessons';
import { traced } from '../common.ts';

export function* main(): Async<void> {
  yield* spawn(
    traced(
      'notify-x1000',
      (function* (): Async<void> {
        const n = new Notify();
        for (let i = 0; i < 1000; i++) {
          n.notifyOne();
          yield* n.notified();
        }
      })(),
    ),
  );
  yield* spawn(
    traced(
      'watch-x1000',
      (function* (): Async<void> {
        const [tx, rx] = watch.channel(0);
        for (let i = 0; i < 1000; i++) {
          tx.send(i);
          yield* rx.changed();
        }
      })(),
    ),
  );
  yield* spawn(
    traced(
      'broadcast-x1000',
      (function* (): Async<void> {
        const [tx, rx] = broadcast.channel<number>(1);
        for (let i = 0; i < 1000; i++) {
          tx.send(i);
          yield* rx.recv();
        }
      })(),
    ),
  );
}
