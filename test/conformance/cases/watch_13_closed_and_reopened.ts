import { type Async, spawn, watch, yieldNow } from 'async-lessons';
import { log, nowOrNever, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = watch.channel(0);
  function* closed(): Async<true> {
    yield* tx.closed();
    return true;
  }
  const h = spawn(traced('watcher', closed()));
  yield* yieldNow();
  const rx2 = rx.clone();
  rx[Symbol.dispose]();
  log('main', `closed ${tx.isClosed()} receivers ${tx.receiverCount}`);
  yield* yieldNow();
  rx2[Symbol.dispose]();
  const rx3 = tx.subscribe();
  log('main', `closed ${tx.isClosed()} receivers ${tx.receiverCount}`);
  yield* yieldNow();
  rx3[Symbol.dispose]();
  yield* h;
  log('main', `again ${nowOrNever(closed()) !== undefined}`);
}
