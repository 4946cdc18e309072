import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { log, option } from '../common.ts';

function* member(name: string, takes: number): Async<string> {
  yield* sleep(millis(takes));
  return name;
}

export function* main(): Async<void> {
  const set = new JoinSet<string>();
  log('main', `empty set ${set.tryJoinNext() === undefined}`);
  set.spawn(member('A', 10));
  set.spawn(member('B', 5));
  set.spawn(member('C', 5));
  set.spawn(member('D', 20));
  for (let i = 0; i < 4; i++) {
    const got: string[] = [];
    for (let r = set.tryJoinNext(); r !== undefined; r = set.tryJoinNext()) got.push(r.value);
    log('main', `[${got.join(' ')}] ${set.length} left`);
    yield* sleep(millis(7));
  }
  log('main', option(set.tryJoinNext()?.value));
}
