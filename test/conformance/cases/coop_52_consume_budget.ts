import { type Async, consumeBudget, spawn, unconstrained } from 'async-lessons';
import { log, selfWake, traced } from '../common.ts';

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 4; i++) {
        log('other', `${i}`);
        yield* selfWake();
      }
    })(),
  );
  yield* spawn(
    traced(
      'consumer',
      (function* (): Async<void> {
        for (let i = 0; i < 300; i++) {
          yield* consumeBudget();
          if (i % 100 === 99) log('consumer', `${i + 1}`);
        }
      })(),
    ),
  );
  yield* spawn(
    traced(
      'free',
      unconstrained(
        (function* (): Async<void> {
          for (let i = 0; i < 300; i++) yield* consumeBudget();
        })(),
      ),
    ),
  );
}
