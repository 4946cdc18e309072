import { type Async, FuturesUnordered, select } from 'async-lessons';
import { log, ready, selfWake, traced, unwrap } from '../common.ts';

function* wakesAndEnds(name: string): Async<string> {
  yield* select({ wakes: selfWake(), ends: ready() }, { biased: true });
  return name;
}

export function* main(): Async<void> {
  const set = new FuturesUnordered<string>();
  set.push(traced('A', wakesAndEnds('A')));
  set.push(traced('B', wakesAndEnds('B')));
  for (let next = yield* set.next(); next !== undefined; next = yield* set.next()) {
    log('main', `${next.value}, ${set.length} left`);
  }
  set.push(traced('C', wakesAndEnds('C')));
  log('main', unwrap(yield* set.next()).value);
  set.push(traced('D', wakesAndEnds('D')));
  for (let next = yield* set.next(); next !== undefined; next = yield* set.next()) {
    log('main', `${next.value}, ${set.length} left`);
  }
  log('main', 'end');
}
