import { type Async, broadcast } from 'async-lessons';
import { log, outcome, received } from '../common.ts';

export function* main(): Async<void> {
  for (const cap of [1, 2, 3, 4, 5]) {
    const [tx, rx] = broadcast.channel<number>(cap);
    for (let i = 0; i < 9; i++) tx.send(i);
    const lost = yield* outcome(rx.recv());
    const first = yield* outcome(rx.recv());
    log('main', `cap ${cap}: ${received(lost)} then ${received(first)}`);
  }
}
