import { type Async, Elapsed, millis, Semaphore, sleep, spawn, timeout } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(2);
  const visit = (name: string, want: number, limit: number, hold: number) =>
    spawn(
      (function* (): Async<void> {
        using _g = new OnDrop(name);
        try {
          using _p = yield* timeout(millis(limit), s.acquireMany(want));
          log(name, `acquired ${want}`);
          yield* sleep(millis(hold));
          log(name, 'releases');
        } catch (error) {
          if (!(error instanceof Elapsed)) throw error;
          log(name, 'timed out');
        }
      })(),
    );
  const a = visit('A', 2, 100, 20);
  const b = visit('B', 2, 10, 20);
  const c = visit('C', 1, 100, 20);
  const hs = [a, b, c, visit('D', 2, 100, 20), visit('E', 1, 25, 20), visit('F', 1, 100, 5)];
  yield* sleep(millis(30));
  log('main', 'aborts C, which holds 1, while D collects');
  c.abort();
  for (const h of hs) yield* outcome(h);
  log('main', `available=${s.availablePermits}`);
}
