import { type Async, watch } from 'async-lessons';
import { caught, log, outcome, readyNow } from '../common.ts';

function* changedIsOk(rx: watch.Receiver<number>): Async<boolean> {
  return 'value' in (yield* outcome(rx.changed()));
}

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(1);
  const other = rx.clone();
  rx.markChanged();
  log('main', `rx ${rx.hasChanged()} other ${other.hasChanged()}`);
  const third = rx.clone();
  log('main', `clone of the marked ${third.hasChanged()}`);
  yield* rx.changed();
  log('main', `rx ${rx.hasChanged()} third ${third.hasChanged()}`);
  tx.send(2);
  other.markUnchanged();
  log('main', `rx ${rx.hasChanged()} other ${other.hasChanged()}`);
  log('main', `other changed ready=${readyNow(other.changed())}`);
  log('main', `third sees ${third.borrowAndUpdate()}`);
  const late = tx.subscribe();
  log('main', `late ${late.hasChanged()}`);
  late.markChanged();
  tx[Symbol.dispose]();
  log('main', `late has_changed ok=${caught(() => late.hasChanged()) === undefined}`);
  log('main', `late changed ok=${yield* changedIsOk(late)}`);
  log('main', `late changed ok=${yield* changedIsOk(late)}`);
  late.markChanged();
  log('main', `late changed ok=${yield* changedIsOk(late)}`);
  log('main', `rx changed ok=${yield* changedIsOk(rx)}`);
}
