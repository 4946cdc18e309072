import { type Async, advance, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const hs = ['s1', 's2'].map((name) =>
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(5));
        log(name, 'slept');
      })(),
    ),
  );
  for (const name of ['y1', 'y2']) {
    hs.push(
      spawn(
        (function* (): Async<void> {
          yield* sleep(millis(1));
          for (let i = 0; i < 3; i++) {
            log(name, `${i}`);
            if (i === 0 && name === 'y2') {
              yield* advance(millis(10));
              log(name, 'advanced');
            }
            yield* yieldNow();
          }
        })(),
      ),
    );
  }
  for (const h of hs) yield* h;
}
