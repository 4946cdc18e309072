import { type Async, millis, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

function* waits(name: string): Async<void> {
  using _local = new OnDrop(name);
  yield* sleep(secs(100));
  log(name, 'never');
}

export function* main(): Async<void> {
  using _local = new OnDrop('main-local');
  for (const name of ['A', 'B', 'C']) spawn(waits(name));
  yield* sleep(millis(5));
  log('main', 'returning');
}
