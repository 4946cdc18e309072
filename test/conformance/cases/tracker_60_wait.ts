import { type Async, millis, secs, sleep, spawn, TaskTracker, timeout, yieldNow } from 'async-lessons';
import { log, OnDrop, outcome, timedOut, traced } from '../common.ts';

export function* main(): Async<void> {
  const t = new TaskTracker();
  const member = (name: string, n: number) =>
    t.spawn(
      (function* (): Async<void> {
        using _g = new OnDrop(name);
        yield* sleep(millis(n));
      })(),
    );
  member('A', 10);
  member('B', 20);
  log('main', `len ${t.length} closed=${t.isClosed()} empty=${t.isEmpty()}`);
  const r = yield* outcome(timeout(millis(30), t.wait()));
  log('main', `open: timed out=${timedOut(r)} len ${t.length}`);
  log('main', `close=${t.close()} again=${t.close()}`);
  yield* traced('wait', t.wait());
  log('main', `reopen=${t.reopen()} again=${t.reopen()}`);
  const quick = t.spawn(sleep(millis(5)));
  t.close();
  yield* t.wait();
  log('main', `over, finished=${quick.isFinished()}`);
  const h = t.spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('aborted');
      yield* sleep(secs(100));
    })(),
  );
  const w = spawn(
    (function* (): Async<void> {
      yield* t.wait();
      log('waiter', 'over');
    })(),
  );
  yield* yieldNow();
  h.abort();
  log('main', `aborted, len ${t.length}`);
  yield* w;
}
