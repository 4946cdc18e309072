import { type Async, millis, RwLock, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const h = spawn(
    (function* (): Async<void> {
      using r = yield* l.read();
      log('upgrader', `reads ${r.value}`);
      const early = yield* outcome(timeout(millis(10), l.write()));
      log('upgrader', `write ok=${!timedOut(early)}`);
      r[Symbol.dispose]();
      {
        using w = yield* l.write();
        w.value += 1;
      }
      log('upgrader', 'wrote');
    })(),
  );
  const reader = (name: string, pause: number) =>
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(pause));
        log(name, 'asks');
        using r = yield* l.read();
        log(name, `reads ${r.value}`);
        yield* sleep(millis(5));
        log(name, 'done');
      })(),
    );
  const hs = [reader('r1', 5), reader('r2', 8)];
  yield* h;
  for (const h of hs) yield* h;
}
