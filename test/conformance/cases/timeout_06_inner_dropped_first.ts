import { type Async, Elapsed, millis, secs, sleep, timeout } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  try {
    yield* timeout(
      millis(10),
      (function* (): Async<void> {
        using _a = new OnDrop('inner-a');
        using _b = new OnDrop('inner-b');
        yield* sleep(secs(1));
      })(),
    );
    log('main', 'finished');
  } catch (error) {
    if (!(error instanceof Elapsed)) throw error;
    log('main', 'handling elapsed');
  }
  log('main', 'end');
}
