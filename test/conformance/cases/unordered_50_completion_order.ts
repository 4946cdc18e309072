import { type Async, FuturesUnordered, millis, sleep } from 'async-lessons';
import { log, traced } from '../common.ts';

function* member(name: string, takes: number): Async<string> {
  yield* sleep(millis(takes));
  return name;
}

export function* main(): Async<void> {
  const set = new FuturesUnordered<string>();
  set.push(traced('A', member('A', 20)));
  set.push(traced('B', member('B', 10)));
  set.push(traced('C', member('C', 20)));
  set.push(traced('D', member('D', 0)));
  set.push(traced('E', member('E', 10)));
  for (let next = yield* set.next(); next !== undefined; next = yield* set.next()) {
    log('main', `${next.value}, ${set.length} left`);
  }
  log('main', `end, again ${(yield* set.next()) === undefined}`);
}
