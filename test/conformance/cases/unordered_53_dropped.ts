import { type Async, FuturesUnordered, millis, sleep } from 'async-lessons';
import { log, OnDrop, unwrap } from '../common.ts';

function* member(name: string, takes: number): Async<string> {
  using _g = new OnDrop(name);
  yield* sleep(millis(takes));
  return name;
}

export function* main(): Async<void> {
  const set = new FuturesUnordered<string>();
  set.push(member('A', 20));
  set.push(member('B', 10));
  set.push(member('C', 20));
  set.push(member('D', 30));
  const first = unwrap(yield* set.next()).value;
  log('main', first);
  set[Symbol.dispose]();
  log('main', 'dropped');
}
