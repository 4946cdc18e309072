import { type Async, millis, sleep, spawn, TaskTracker } from 'async-lessons';
import { log, readyNow, traced } from '../common.ts';

export function* main(): Async<void> {
  const tracker = new TaskTracker();
  log('main', `open and empty, ready=${readyNow(tracker.wait())}`);
  tracker.close();
  log('main', `closed and empty, ready=${readyNow(tracker.wait())}`);
  log('main', `reopen ${tracker.reopen()} again ${tracker.reopen()}`);
  const member = (name: string, takes: number) =>
    tracker.spawn(
      (function* (): Async<void> {
        yield* sleep(millis(takes));
        log(name, 'ends');
      })(),
    );
  member('A', 10);
  member('B', 20);
  log('main', `len ${tracker.length} empty ${tracker.isEmpty()}`);
  const hs = ['w1', 'w2'].map((name) =>
    spawn(
      traced(
        name,
        (function* (): Async<void> {
          yield* tracker.wait();
        })(),
      ),
    ),
  );
  yield* sleep(millis(15));
  log('main', `len ${tracker.length}`);
  yield* sleep(millis(15));
  log('main', `len ${tracker.length}, closes ${tracker.close()}`);
  log('main', `closes again ${tracker.close()} is_closed ${tracker.isClosed()}`);
  for (const h of hs) yield* h;
  tracker.spawn(
    (function* (): Async<void> {
      yield* sleep(millis(5));
      log('C', 'ends, spawned on a closed tracker');
    })(),
  );
  yield* tracker.wait();
  log('main', 'end');
}
