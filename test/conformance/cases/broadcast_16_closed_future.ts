import { type Async, broadcast, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(2);
  const h = spawn(traced('watcher', tx.closed()));
  yield* yieldNow();
  const rx2 = tx.subscribe();
  rx[Symbol.dispose]();
  yield* yieldNow();
  rx2[Symbol.dispose]();
  const rx3 = tx.subscribe();
  log('main', `receivers ${tx.receiverCount}`);
  yield* yieldNow();
  rx3[Symbol.dispose]();
  yield* h;
  function* often(): Async<void> {
    for (let i = 0; i < 300; i++) yield* tx.closed();
  }
  yield* spawn(traced('often', often()));
}
