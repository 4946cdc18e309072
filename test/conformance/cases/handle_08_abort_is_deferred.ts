import { type Async, pending, spawn, yieldNow } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (): Async<void> {
        using _g = new OnDrop(name);
        yield* pending();
      })(),
    ),
  );
  yield* yieldNow();
  log('main', 'abort B');
  hs[1]?.abort();
  log('main', `B finished=${hs[1]?.isFinished()}`);
  spawn(
    (function* (): Async<void> {
      log('late', 'ran');
    })(),
  );
  log('main', 'abort A');
  hs[0]?.abort();
  yield* yieldNow();
  log('main', `A finished=${hs[0]?.isFinished()} B finished=${hs[1]?.isFinished()}`);
  log('main', 'end');
}
