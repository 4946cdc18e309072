import { type Async, CancellationToken, millis, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut, traced } from '../common.ts';

export function* main(): Async<void> {
  const t = new CancellationToken();
  const waiter = (name: string, limit: number) =>
    spawn(
      traced(
        name,
        (function* (): Async<void> {
          const r = yield* outcome(timeout(millis(limit), t.cancelled()));
          log(name, `ok=${!timedOut(r)}`);
          yield* t.cancelled();
          log(name, 'cancelled');
        })(),
      ),
    );
  const a = waiter('A', 100);
  const b = waiter('B', 100);
  const hs = [a, b, waiter('C', 10), waiter('D', 100)];
  yield* sleep(millis(20));
  b.abort();
  t.cancel();
  t.cancel();
  for (const h of hs) yield* outcome(h);
}
