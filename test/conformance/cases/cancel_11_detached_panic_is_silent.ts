import { type Async, millis, sleep, spawn } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('detached-local');
      yield* sleep(millis(5));
      throw new Error('nobody listens');
    })(),
  )[Symbol.dispose]();
  yield* sleep(millis(10));
  log('main', 'still running');
}
