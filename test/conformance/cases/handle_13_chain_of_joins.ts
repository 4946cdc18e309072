import { type Async, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const a = spawn(
    (function* (): Async<number> {
      yield* sleep(millis(5));
      log('a', 'done');
      return 1;
    })(),
  );
  const b = spawn(
    (function* (): Async<number> {
      const v = yield* a;
      log('b', 'done');
      return v + 1;
    })(),
  );
  const c = spawn(
    (function* (): Async<number> {
      const v = yield* b;
      log('c', 'done');
      return v + 1;
    })(),
  );
  spawn(
    (function* (): Async<void> {
      yield* sleep(millis(5));
      log('other', 'ran');
    })(),
  );
  log('main', `value ${yield* c}`);
}
