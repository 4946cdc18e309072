import { type Async, Mutex, spawn } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex(undefined);
  const hs = ['A', 'B'].map((name) =>
    spawn(
      (function* (): Async<void> {
        for (let i = 0; i < 3; i++) {
          using g = yield* m.lock();
          log(name, `locked ${i}`);
          yield* selfWake();
          g[Symbol.dispose]();
          log(name, `unlocked ${i}`);
        }
        log(name, 'end');
      })(),
    ),
  );
  for (const h of hs) yield* h;
}
