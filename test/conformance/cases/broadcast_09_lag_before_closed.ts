import { type Async, broadcast } from 'async-lessons';
import { log, outcome, received } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(2);
  for (let i = 0; i < 5; i++) tx.send(i);
  tx[Symbol.dispose]();
  for (let i = 0; i < 4; i++) log('main', received(yield* outcome(rx.recv())));
}
