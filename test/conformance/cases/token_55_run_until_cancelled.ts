import { type Async, CancellationToken, millis, sleep, spawn } from 'async-lessons';
import { log, OnDrop, option, traced } from '../common.ts';

function* after(takes: number, value: number): Async<number> {
  yield* sleep(millis(takes));
  return value;
}

export function* main(): Async<void> {
  const t = new CancellationToken();
  const first = yield* t.runUntilCancelled(after(5, 1));
  log('main', option(first?.value));
  const h = spawn(
    (function* (): Async<void> {
      const work = (function* (): Async<number> {
        using _g = new OnDrop('work-local');
        yield* sleep(millis(50));
        return 2;
      })();
      const r = yield* t.runUntilCancelled(traced('work', work));
      log('task', option(r?.value));
    })(),
  );
  const both = spawn(
    (function* (): Async<void> {
      const r = yield* t.runUntilCancelled(traced('both', sleep(millis(5))));
      log('both', `value ${r !== undefined}`);
    })(),
  );
  spawn(
    (function* (): Async<void> {
      yield* sleep(millis(5));
      t.cancel();
      log('canceller', 'cancelled');
    })(),
  );
  yield* h;
  yield* both;
  const three = (function* (): Async<number> {
    return 3;
  })();
  const ready = yield* t.runUntilCancelled(traced('ready', three));
  log('main', option(ready?.value));
  const pending = yield* t.runUntilCancelled(traced('pending', sleep(millis(5))));
  log('main', `value ${pending !== undefined}`);
}
