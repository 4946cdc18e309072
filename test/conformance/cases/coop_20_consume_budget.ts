import { type Async, consumeBudget, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  let count = 0;
  for (const label of ['a', 'b']) {
    spawn(
      (function* () {
        for (let i = 0; i < 3; i++) {
          log(label, `count=${count}`);
          yield* yieldNow();
        }
      })(),
    );
  }
  const task = spawn(
    traced(
      'task',
      (function* () {
        for (let i = 0; i < 300; i++) {
          yield* consumeBudget();
          count += 1;
        }
      })(),
    ),
  );
  yield* task;
}
