import { type Async, millis, ref, secs, sleep, spawn, timeout } from 'async-lessons';
import { joinError, log, OnDrop, outcome, panicText, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const panics = spawn(
    (function* (): Async<void> {
      const inside = (function* (): Async<void> {
        using _g = new OnDrop('inside');
        yield* sleep(millis(5));
        throw new Error('oh');
      })();
      yield* timeout(millis(10), inside);
      log('task', 'never');
    })(),
  );
  log('main', panicText(yield* joinError(panics)));
  const slow = spawn(
    (function* (): Async<number> {
      yield* sleep(millis(20));
      log('task', 'ends');
      return 3;
    })(),
  );
  log('main', `elapsed ${timedOut(yield* outcome(timeout(millis(10), ref(slow))))}`);
  log('main', `${yield* timeout(millis(100), slow)}`);
  const h = spawn(
    (function* (): Async<void> {
      yield* sleep(secs(100));
    })(),
  );
  spawn(
    (function* (): Async<void> {
      yield* sleep(millis(5));
      h.abort();
      log('aborter', 'aborted');
    })(),
  );
  log('main', `cancelled ${(yield* joinError(timeout(millis(50), h))).isCancelled()}`);
}
