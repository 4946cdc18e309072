import { type Async, watch } from 'async-lessons';
import { log, nowOrNever } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  function* changed(): Async<true> {
    yield* rx.changed();
    return true;
  }
  tx.send(1);
  // In Rust the Ref says whether it is new; here the receiver does.
  log('main', `borrow ${rx.borrow()} changed=${rx.hasChanged()}`);
  log('main', `has_changed Ok(${rx.hasChanged()})`);
  log('main', `changed ready=${nowOrNever(changed()) !== undefined}`);
  log('main', `changed ready=${nowOrNever(changed()) !== undefined}`);
  tx.send(2);
  const wasNew = rx.hasChanged();
  log('main', `borrow_and_update ${rx.borrowAndUpdate()} changed=${wasNew}`);
  log('main', `changed ready=${nowOrNever(changed()) !== undefined}`);
  log('main', `has_changed Ok(${rx.hasChanged()})`);
}
