import { type Async, join, millis, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const first = sleep(millis(10));
  const second = sleep(millis(10));
  const third = sleep(millis(10));
  const hs = Object.entries({ third, first, second }).map(([name, s]) =>
    spawn(
      (function* (): Async<void> {
        yield* s;
        log(name, 'fired');
      })(),
    ),
  );
  hs.push(
    spawn(
      traced(
        'three at once',
        (function* (): Async<void> {
          yield* join(sleep(millis(10)), sleep(millis(10)), sleep(millis(10)));
        })(),
      ),
    ),
  );
  for (const h of hs) yield* h;
}
