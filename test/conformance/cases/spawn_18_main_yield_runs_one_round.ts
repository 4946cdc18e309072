import { type Async, spawn, yieldNow } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      log('A', '1');
      yield* selfWake();
      log('A', '2');
    })(),
  );
  spawn(
    (function* (): Async<void> {
      log('B', '1');
      yield* yieldNow();
      log('B', '2');
    })(),
  );
  log('main', 'yield 1');
  yield* yieldNow();
  log('main', 'yield 2');
  yield* yieldNow();
  log('main', 'end');
}
