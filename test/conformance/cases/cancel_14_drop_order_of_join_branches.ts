import { type Async, Elapsed, join, millis, sleep, timeout } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

function* waits(name: string): Async<void> {
  using _local = new OnDrop(`${name}-local`);
  yield* sleep(millis(100));
}

function* answers(name: string): Async<OnDrop> {
  using _local = new OnDrop(`${name}-local`);
  yield* sleep(millis(10));
  return new OnDrop(`${name}-output`);
}

export function* main(): Async<void> {
  const result = yield* outcome(timeout(millis(15), join(waits('a'), answers('b'), waits('c'))));
  log('main', `elapsed=${'error' in result && result.error instanceof Elapsed}`);
}
