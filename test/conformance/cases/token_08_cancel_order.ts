import { type Async, CancellationToken, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const p = new CancellationToken();
  const a = p.childToken();
  const b = p.childToken();
  const waiter = (name: string, t: CancellationToken) =>
    spawn(
      (function* (): Async<void> {
        yield* t.cancelled();
        log(name, 'woken');
      })(),
    );
  const hs = [waiter('parent', p), waiter('child-a', a), waiter('child-b', b)];
  yield* sleep(millis(5));
  p.cancel();
  for (const h of hs) yield* h;
}
