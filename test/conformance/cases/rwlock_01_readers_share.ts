import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(5);
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (): Async<void> {
        using g = yield* l.read();
        log(name, `reading ${g.value}`);
        yield* sleep(millis(10));
        log(name, 'done');
      })(),
    ),
  );
  for (const h of hs) yield* h;
}
