import { type Async, CancellationToken, millis, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const t = new CancellationToken();
  const h = spawn(
    traced(
      'waiter',
      (function* (): Async<void> {
        yield* t.cancelled();
      })(),
    ),
  );
  yield* sleep(millis(10));
  log('main', `is_cancelled=${t.isCancelled()}`);
  t.cancel();
  log('main', `is_cancelled=${t.isCancelled()}`);
  yield* h;
  yield* traced('again', t.cancelled());
  t.cancel();
  log('main', 'end');
}
