import { type Async, watch } from 'async-lessons';
import { caught, debug, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  tx.send(1);
  tx[Symbol.dispose]();
  log('main', `has_changed err=${caught(() => rx.hasChanged()) !== undefined}`);
  log('main', `changed ${'value' in (yield* outcome(rx.changed()))}`);
  log('main', `borrow ${rx.borrow()}`);
  const e = yield* outcome(rx.changed());
  log('main', `changed err ${debug('error' in e && (e.error as Error).message)}`);
  log('main', `borrow ${rx.borrow()}`);
}
