import { type Async, spawn, yieldNow } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  const hs = ['A', 'B', 'C', 'D'].map((name) =>
    spawn(
      (function* (): Async<void> {
        for (let i = 0; i < 4; i++) {
          log(name, `${i}`);
          if (name === 'C' && i === 1) yield* selfWake();
          else yield* yieldNow();
        }
      })(),
    ),
  );
  for (let i = 0; i < 3; i++) {
    log('main', `${i}`);
    yield* yieldNow();
  }
  for (const h of hs) yield* h;
}
