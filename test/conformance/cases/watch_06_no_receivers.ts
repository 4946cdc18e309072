import { type Async, watch } from 'async-lessons';
import { caught, log, sent } from '../common.ts';

export function* main(): Async<void> {
  const [tx, dropped] = watch.channel(0);
  dropped[Symbol.dispose]();
  log('main', `is_closed=${tx.isClosed()}`);
  log('main', `send ${sent(caught(() => tx.send(1)))}`);
  log('main', `borrow ${tx.borrow()}`);
  log('main', `send_replace returned ${tx.sendReplace(2)}`);
  log('main', `borrow ${tx.borrow()}`);
  const rx = tx.subscribe();
  log('main', `new receiver sees ${rx.borrow()} has_changed=Ok(${rx.hasChanged()})`);
  log('main', `send ${sent(caught(() => tx.send(3)))}`);
  log('main', `has_changed=Ok(${rx.hasChanged()})`);
}
