import { type Async, dropFuture, millis, secs, sleep, spawn, TaskTracker, yieldNow } from 'async-lessons';
import { log, outcome, ready, traced } from '../common.ts';

export function* main(): Async<void> {
  const tracker = new TaskTracker();
  const aborted = tracker.spawn(sleep(secs(100)));
  const panics = tracker.spawn(
    (function* (): Async<void> {
      yield* sleep(millis(10));
      throw new Error('oh');
    })(),
  );
  const token = tracker.token();
  const tracked = tracker.trackFuture(
    (function* (): Async<number> {
      yield* sleep(millis(5));
      return 7;
    })(),
  );
  log('main', `len ${tracker.length}`);
  yield* yieldNow();
  aborted.abort();
  log('main', `aborted, len ${tracker.length}`);
  yield* outcome(aborted);
  log('main', `gone, len ${tracker.length}`);
  yield* outcome(panics);
  log('main', `panicked, len ${tracker.length}`);
  log('main', `${yield* tracked}, len ${tracker.length}`);
  const unused = tracker.trackFuture(ready());
  log('main', `len ${tracker.length}`);
  dropFuture(unused);
  tracker.close();
  const w = spawn(
    traced(
      'wait',
      (function* (): Async<void> {
        yield* tracker.wait();
      })(),
    ),
  );
  yield* yieldNow();
  // A clone of a token is another token of its tracker.
  const second = tracker.token();
  token[Symbol.dispose]();
  log('main', `len ${tracker.length}`);
  yield* yieldNow();
  second[Symbol.dispose]();
  log('main', `len ${tracker.length}`);
  yield* w;
}
