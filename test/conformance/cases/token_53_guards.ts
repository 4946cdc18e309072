import { type Async, CancellationToken, secs, sleep, spawn, yieldNow } from 'async-lessons';
import { log, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const root = new CancellationToken();
  const child = root.childToken();
  const grandchild = child.childToken();
  const h = spawn(
    (function* (): Async<void> {
      using _guard = child.dropGuard();
      log('task', 'guards the child');
      yield* sleep(secs(100));
    })(),
  );
  const w = spawn(
    (function* (): Async<void> {
      yield* grandchild.cancelled();
      log('grandchild', 'cancelled');
    })(),
  );
  yield* yieldNow();
  const guard = root.dropGuard();
  const same = unwrap(guard.disarm());
  log('main', `disarmed, root ${same.isCancelled()} child ${child.isCancelled()}`);
  h.abort();
  log('main', `aborted, child ${child.isCancelled()}`);
  yield* w;
  log('main', `child ${child.isCancelled()} root ${root.isCancelled()}`);
  same.dropGuard()[Symbol.dispose]();
  log('main', `root ${root.isCancelled()}`);
}
