import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

function* member(name: string, takes: number): Async<OnDrop> {
  yield* sleep(millis(takes));
  log('member', `${name} ends`);
  return new OnDrop(name);
}

export function* main(): Async<void> {
  const first = new JoinSet<OnDrop>();
  first.spawn(member('v1', 5));
  first.spawn(member('v2', 50));
  yield* sleep(millis(10));
  first[Symbol.dispose]();
  log('main', 'dropped the first set');
  const set = new JoinSet<OnDrop>();
  set.spawn(member('v3', 5));
  set.spawn(member('v4', 50));
  yield* sleep(millis(10));
  yield* set.shutdown();
  log('main', `shut the second down, len ${set.length}`);
  set.spawn(member('v5', 5));
  set.spawn(member('v6', 20));
  yield* sleep(millis(10));
  set.detachAll();
  log('main', `detached, len ${set.length}`);
  log('main', `none ${(yield* set.joinNext()) === undefined}`);
  yield* sleep(millis(50));
}
