import { type Async, CancellationToken, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const p = new CancellationToken();
  const a = p.childToken();
  const a1 = a.childToken();
  const a2 = a.childToken();
  const a21 = a2.childToken();
  const a211 = a21.childToken();
  const a3 = a.childToken();
  const b = p.childToken();
  const b1 = b.childToken();
  const c = p.childToken();
  const hs = Object.entries({ p, a, a1, a2, a21, a211, a3, b, b1, c }).map(([name, t]) =>
    spawn(
      (function* (): Async<void> {
        yield* t.cancelled();
        log(name, 'woken');
      })(),
    ),
  );
  yield* yieldNow();
  b.cancel();
  yield* sleep(millis(1));
  log('main', 'cancel p');
  p.cancel();
  for (const h of hs) yield* h;
}
