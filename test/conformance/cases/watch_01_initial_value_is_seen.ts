import { type Async, millis, pending, sleep, spawn, timeout, watch } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel('init');
  log('main', `borrow ${rx.borrow()} has_changed=Ok(${rx.hasChanged()})`);
  const p = yield* outcome(timeout(millis(5), rx.changed()));
  log('main', `changed timed out=${'error' in p}`);
  spawn(
    (function* () {
      using sender = tx;
      yield* sleep(millis(10));
      sender.send('one');
      yield* pending();
    })(),
  );
  yield* rx.changed();
  log('main', `borrow ${rx.borrow()}`);
}
