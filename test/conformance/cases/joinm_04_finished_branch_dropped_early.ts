import { type Async, join, millis, sleep } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const r = yield* join(
    (function* (): Async<OnDrop> {
      using _local = new OnDrop('a-local');
      yield* sleep(millis(10));
      return new OnDrop('a-output');
    })(),
    (function* (): Async<OnDrop> {
      using _local = new OnDrop('b-local');
      yield* sleep(millis(20));
      return new OnDrop('b-output');
    })(),
  );
  log('main', 'joined');
  for (const output of r) output[Symbol.dispose]();
  log('main', 'end');
}
