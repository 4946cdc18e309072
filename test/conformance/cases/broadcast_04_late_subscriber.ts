import { type Async, broadcast } from 'async-lessons';
import { log, outcome, received } from '../common.ts';

export function* main(): Async<void> {
  const [tx, a] = broadcast.channel<number>(8);
  tx.send(1);
  const b = tx.subscribe();
  tx.send(2);
  const c = a.resubscribe();
  tx.send(3);
  log('main', `lens a=${a.length} b=${b.length} c=${c.length}`);
  for (const [name, rx] of [
    ['a', a],
    ['b', b],
    ['c', c],
  ] as const) {
    const got: string[] = [];
    while (!rx.isEmpty()) got.push(received(yield* outcome(rx.recv())));
    log('main', `${name} ${got.join(' ')}`);
  }
}
