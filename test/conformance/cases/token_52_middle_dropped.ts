import { type Async, CancellationToken, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

// Differs: JavaScript does not tell when nobody refers to a token any more. So a1 and a2 stay
// children of a, and are woken as such: the last one first.
export function* main(): Async<void> {
  const root = new CancellationToken();
  const a = root.childToken();
  const b = root.childToken();
  const c = root.childToken();
  const waiters = { a1: a.childToken(), a2: a.childToken(), b1: b.childToken(), b2: b.childToken(), c };
  const hs = Object.entries(waiters).map(([name, t]) =>
    spawn(
      (function* (): Async<void> {
        yield* t.cancelled();
        log(name, 'cancelled');
      })(),
    ),
  );
  yield* sleep(millis(5));
  log('main', 'b is cancelled first');
  b.cancel();
  yield* sleep(millis(5));
  log('main', 'then the root');
  root.cancel();
  for (const h of hs) yield* h;
}
