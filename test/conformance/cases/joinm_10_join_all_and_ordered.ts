import { type Async, FuturesUnordered, joinAll, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

function* f(n: number): Async<number> {
  yield* sleep(millis(n));
  log('f', `${n} done`);
  return n;
}

export function* main(): Async<void> {
  const v = yield* joinAll([30, 10, 20].map(f));
  log('main', `[${v.join(', ')}]`);
  const set = new FuturesUnordered<number>();
  for (const n of [30, 10, 20]) set.push(f(n));
  for (let n = yield* set.next(); n !== undefined; n = yield* set.next()) {
    log('main', `unordered ${n.value}`);
  }
}
