import { type Async, spawn, TaskTracker, yieldNow } from 'async-lessons';
import { log, pollOnce, readyNow, traced } from '../common.ts';

export function* main(): Async<void> {
  const tracker = new TaskTracker();
  tracker.close();
  const token = tracker.token();
  const w = spawn(
    traced(
      'waiter',
      (function* (): Async<void> {
        yield* tracker.wait();
      })(),
    ),
  );
  yield* yieldNow();
  token[Symbol.dispose]();
  const again = tracker.token();
  tracker.reopen();
  log('main', `len ${tracker.length} closed ${tracker.isClosed()}`);
  yield* w;
  log('main', `ready=${readyNow(tracker.wait())}`);
  const unpolled = tracker.wait();
  tracker.close();
  again[Symbol.dispose]();
  using _more = tracker.token();
  log('main', `made before: ready=${(yield* pollOnce(unpolled)) !== 'pending'}`);
  log('main', `made after: ready=${readyNow(tracker.wait())}`);
}
