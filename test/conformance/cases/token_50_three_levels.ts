import { type Async, CancellationToken, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const root = new CancellationToken();
  const a = root.childToken();
  const b = root.childToken();
  const a1 = a.childToken();
  const a2 = a.childToken();
  const b1 = b.childToken();
  const b2 = b.childToken();
  const a11 = a1.childToken();
  const hs = Object.entries({ root, a, b, a1, a2, b1, b2, a11, 'root again': root }).map(([name, t]) =>
    spawn(
      (function* (): Async<void> {
        yield* t.cancelled();
        log(name, 'cancelled');
      })(),
    ),
  );
  yield* sleep(millis(5));
  root.cancel();
  log('main', 'cancelled the root');
  for (const h of hs) yield* h;
}
