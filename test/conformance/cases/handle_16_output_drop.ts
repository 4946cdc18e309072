import { type Async, millis, sleep, spawn } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const h1 = spawn(
    (function* (): Async<OnDrop> {
      yield* sleep(millis(10));
      log('t1', 'returns');
      return new OnDrop('t1-output');
    })(),
  );
  h1[Symbol.dispose]();
  yield* sleep(millis(20));
  const h2 = spawn(
    (function* (): Async<OnDrop> {
      log('t2', 'returns');
      return new OnDrop('t2-output');
    })(),
  );
  yield* sleep(millis(10));
  log('main', `t2 finished=${h2.isFinished()}`);
  h2[Symbol.dispose]();
  log('main', 'handle dropped');
  const h3 = spawn(
    (function* (): Async<OnDrop> {
      log('t3', 'returns');
      return new OnDrop('t3-output');
    })(),
  );
  const out = yield* h3;
  log('main', 't3 joined');
  out[Symbol.dispose]();
  log('main', 'end');
}
