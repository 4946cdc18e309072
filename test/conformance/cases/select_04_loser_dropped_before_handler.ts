import { type Async, millis, select, sleep } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

function* winner(): Async<number> {
  using _g = new OnDrop('winner-local');
  yield* sleep(millis(10));
  return 1;
}

function* loser1(): Async<void> {
  using _g = new OnDrop('loser-1-local');
  yield* sleep(millis(20));
}

function* loser2(): Async<void> {
  using _g = new OnDrop('loser-2-local');
  yield* sleep(millis(30));
}

export function* main(): Async<void> {
  const v = yield* select({ winner: winner(), loser1: loser1(), loser2: loser2() }, { biased: true });
  log('main', v.branch === 'winner' ? `handler ${v.value}` : 'not this');
  log('main', 'end');
}
