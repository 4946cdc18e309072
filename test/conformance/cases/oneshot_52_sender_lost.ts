import { type Async, millis, oneshot, secs, sleep, spawn } from 'async-lessons';
import { errorText, log, outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  for (const name of ['dropped', 'aborted', 'panicked']) {
    const [tx, rx] = oneshot.channel<void>();
    const h = spawn(
      (function* (): Async<void> {
        using _tx = tx;
        yield* sleep(millis(5));
        if (name === 'aborted') yield* sleep(secs(100));
        if (name === 'panicked') throw new Error('oh');
      })(),
    );
    const waiter = spawn(traced(name, outcome(rx)));
    yield* sleep(millis(10));
    if (name === 'aborted') h.abort();
    log('main', errorText(yield* waiter));
  }
}
