import { type Async, millis, RwLock, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const reader = (name: string, t: number) =>
    spawn(
      (function* (): Async<void> {
        using _g = yield* l.read();
        log(name, 'reading');
        yield* sleep(millis(t));
        log(name, 'done');
      })(),
    );
  const hs = [reader('R1', 10), reader('R2', 20)];
  hs.push(
    spawn(
      (function* (): Async<void> {
        using g = yield* l.write();
        log('W', 'writing');
        yield* sleep(millis(10));
        g.value = 1;
        log('W', 'done');
      })(),
    ),
  );
  hs.push(
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(25));
        using g = yield* l.read();
        log('R3', `read ${g.value}`);
      })(),
    ),
  );
  for (const h of hs) yield* h;
}
