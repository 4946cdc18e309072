import { type Async, watch } from 'async-lessons';
import { caught, log, nowOrNever, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  const other = rx.clone();
  function* changed(): Async<true> {
    yield* rx.changed();
    return true;
  }
  rx.markChanged();
  rx.markChanged();
  log('main', `Ok(${rx.hasChanged()}) Ok(${other.hasChanged()})`);
  log('main', `ready ${nowOrNever(changed()) !== undefined}`);
  log('main', `ready ${nowOrNever(changed()) !== undefined}`);
  tx.send(1);
  rx.markUnchanged();
  log('main', `Ok(${rx.hasChanged()}) Ok(${other.hasChanged()})`);
  rx.markChanged();
  tx[Symbol.dispose]();
  log('main', `has_changed err ${caught(() => rx.hasChanged()) !== undefined}`);
  log('main', `changed ok ${'value' in (yield* outcome(rx.changed()))}`);
  log('main', `changed ok ${'value' in (yield* outcome(rx.changed()))}`);
  log('main', `other ${'value' in (yield* outcome(other.changed()))}`);
  log('main', `other ${'value' in (yield* outcome(other.changed()))}`);
}
