import { type Async, FuturesUnordered, oneshot } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const set = new FuturesUnordered<number>();
  for (let i = 0; i < 132; i++) {
    const [tx, rx] = oneshot.channel<number>();
    tx.send(i);
    set.push(rx);
  }
  const order: number[] = [];
  yield* traced(
    'main',
    (function* () {
      for (let r = yield* set.next(); r !== undefined; r = yield* set.next()) order.push(r.value);
    })(),
  );
  log('main', `[${order.slice(126).join(', ')}]`);
}
