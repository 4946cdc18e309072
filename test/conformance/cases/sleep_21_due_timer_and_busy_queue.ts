import { type Async, advance, millis, sleep, spawn } from 'async-lessons';
import { log, nowOrNever, selfWake } from '../common.ts';

export function* main(): Async<void> {
  let polls = 0;
  const sleeper = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(10));
      log('sleeper', `woke after ${polls} busy polls`);
    })(),
  );
  const busy = spawn(
    (function* (): Async<void> {
      for (let i = 0; i < 150; i++) {
        polls += 1;
        if (i === 5) {
          log('busy', 'moves the clock by 25 ms');
          nowOrNever(advance(millis(25)));
        }
        yield* selfWake();
      }
      log('busy', 'end');
    })(),
  );
  yield* sleeper;
  log('main', `sleeper joined after ${polls} busy polls`);
  yield* busy;
  log('main', 'end');
}
