import { type Async, watch } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  tx.send(1);
  const stale = rx.clone();
  rx.borrowAndUpdate();
  const fresh = rx.clone();
  const sub = tx.subscribe();
  log('main', `stale clone Ok(${stale.hasChanged()})`);
  log('main', `fresh clone Ok(${fresh.hasChanged()})`);
  log('main', `subscriber Ok(${sub.hasChanged()})`);
  log('main', `original Ok(${rx.hasChanged()})`);
}
