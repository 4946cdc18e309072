import { type Async, CancellationToken, millis, secs, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const scoped = new CancellationToken();
  {
    using _g = scoped.dropGuard();
    log('main', `in scope=${scoped.isCancelled()}`);
  }
  log('main', `after scope=${scoped.isCancelled()}`);
  const disarmed = new CancellationToken();
  {
    using g = disarmed.dropGuard();
    g.disarm();
  }
  log('main', `disarmed=${disarmed.isCancelled()}`);
  const t = new CancellationToken();
  const g = t.dropGuard();
  const h = spawn(
    (function* (): Async<void> {
      using _g = g;
      yield* sleep(secs(100));
    })(),
  );
  yield* sleep(millis(5));
  h.abort();
  yield* t.cancelled();
  log('main', "cancelled by aborting the guard's owner");
}
