import { type Async, millis, sleep, spawn, watch, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  log('main', `at once ${yield* rx.waitFor((v) => v === 0)}`);
  tx.send(5);
  log('main', `at once ${yield* rx.waitFor((v) => v >= 5)}`);
  log('main', `has_changed ${rx.hasChanged()}`);
  const h = spawn(
    traced(
      'waiter',
      (function* (): Async<void> {
        using receiver = rx;
        const v = yield* receiver.waitFor((v) => {
          log('waiter', `looks at ${v}`);
          return v === 8;
        });
        log('waiter', `has ${v}`);
        log('waiter', `has_changed ${receiver.hasChanged()}`);
      })(),
    ),
  );
  yield* yieldNow();
  tx.send(6);
  tx.send(7);
  yield* yieldNow();
  yield* sleep(millis(5));
  tx.send(8);
  yield* h;
}
