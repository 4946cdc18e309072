import { type Async, millis, select, sleep, spawn, watch, yieldNow } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  spawn(
    (function* () {
      using sender = tx;
      yield* sleep(millis(5));
      sender.send(1);
      yield* sleep(millis(5));
    })(),
  );
  const won = yield* select({ sleep: sleep(millis(5)), changed: rx.changed() }, { biased: true });
  log('main', won.branch === 'sleep' ? `the sleep, new Ok(${rx.hasChanged()})` : 'changed');
  yield* yieldNow();
  log('main', `new Ok(${rx.hasChanged()})`);
  yield* rx.changed();
  log('main', `changed, ${rx.borrow()}`);
  log('main', `closed ${'error' in (yield* outcome(rx.changed()))}`);
}
