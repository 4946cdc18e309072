import { type Async, branch, mpsc, select } from 'async-lessons';
import { isSome, log, ready } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  yield* tx.send(1);
  let first = 0;
  for (let i = 0; i < 5; i++) {
    const winner = yield* select({ first: ready(), v: branch(rx.recv(), { matches: isSome }) }, { biased: true });
    if (winner.branch === 'first') first += 1;
    else log('main', `got ${winner.value}`);
  }
  log('main', `first branch ${first} times`);
  const winner = yield* select({ v: branch(rx.recv(), { matches: isSome }), first: ready() }, { biased: true });
  log('main', winner.branch === 'v' ? `got ${winner.value}` : 'first');
}
