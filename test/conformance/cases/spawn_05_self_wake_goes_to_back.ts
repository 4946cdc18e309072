import { type Async, spawn } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  const handles = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (): Async<void> {
        for (let i = 0; i < 3; i++) {
          log(name, `turn ${i}`);
          yield* selfWake();
        }
        log(name, 'end');
      })(),
    ),
  );
  for (const handle of handles) yield* handle;
  log('main', 'end');
}
