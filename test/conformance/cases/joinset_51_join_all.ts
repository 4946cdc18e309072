import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

function* member(name: string, takes: number): Async<string> {
  yield* sleep(millis(takes));
  log(name, 'ends');
  return name;
}

export function* main(): Async<void> {
  const set = new JoinSet<string>();
  set.spawn(member('A', 20));
  set.spawn(member('B', 10));
  set.spawn(member('C', 20));
  set.spawn(member('D', 0));
  set.spawn(member('E', 10));
  log('main', (yield* set.joinAll()).join(' '));
  const none = new JoinSet<number>();
  log('main', `${(yield* none.joinAll()).length}`);
}
