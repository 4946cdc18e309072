import { type Async, spawn, yieldNow } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  const yielder = spawn(
    (function* (): Async<void> {
      log('yielder', 'before');
      yield* yieldNow();
      log('yielder', 'after');
    })(),
  );
  const selfWaker = spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 3; i++) {
        log('selfwake', `turn ${i}`);
        yield* selfWake();
      }
      log('selfwake', 'spawns child');
      spawn(
        (function* (): Async<void> {
          log('child', 'ran');
        })(),
      );
    })(),
  );
  yield* yielder;
  yield* selfWaker;
  log('main', 'end');
}
