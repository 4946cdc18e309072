import { type Async, CancellationToken, spawn, yieldNow } from 'async-lessons';
import { log, OnDrop, outcome, traced, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const t = new CancellationToken();
  const hs = ['A', 'B', 'C', 'D'].map((name) =>
    spawn(
      (function* (): Async<void> {
        yield* t.cancelled();
        log(name, `woken, cancelled=${t.isCancelled()}`);
      })(),
    ),
  );
  yield* yieldNow();
  unwrap(hs[1]).abort();
  const guard = t.dropGuard();
  spawn(
    (function* (): Async<void> {
      using _g = guard;
      using _l = new OnDrop("guard's task");
    })(),
  );
  for (const h of hs) yield* outcome(h);
  yield* traced(
    'x1000',
    (function* (): Async<void> {
      for (let i = 0; i < 1000; i++) yield* t.cancelled();
    })(),
  );
}
