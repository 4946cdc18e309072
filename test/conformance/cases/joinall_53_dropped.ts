import { type Async, joinAll, millis, sleep, timeout } from 'async-lessons';
import { log, OnDrop, outcome, timedOut } from '../common.ts';

function* part(name: string, takes: number): Async<OnDrop> {
  using _g = new OnDrop(name);
  yield* sleep(millis(takes));
  return new OnDrop(name === 'B' ? 'output of B' : 'output');
}

export function* main(): Async<void> {
  const r = yield* outcome(timeout(millis(10), joinAll([part('A', 20), part('B', 5), part('C', 20)])));
  log('main', `elapsed ${timedOut(r)}`);
}
