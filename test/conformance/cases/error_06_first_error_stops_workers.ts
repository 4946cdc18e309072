import { type Async, JoinError, JoinSet, millis, sleep } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

// A `Result` that is an error is thrown here, and a task that throws is a task that panics.
export function* main(): Async<void> {
  const set = new JoinSet<string>();
  for (const [name, t, fail] of [
    ['a', 10, false],
    ['b', 20, true],
    ['c', 30, false],
  ] as const) {
    set.spawn(
      (function* () {
        using _g = new OnDrop(name);
        yield* sleep(millis(t));
        if (fail) throw `${name} failed`;
        return name;
      })(),
    );
  }
  let result = 'Ok(())';
  for (;;) {
    const r = yield* outcome(set.joinNext());
    if ('error' in r) {
      if (!(r.error instanceof JoinError)) throw r.error;
      if (r.error.isCancelled()) {
        log('main', `cancelled=${r.error.isCancelled()}`);
      } else {
        log('main', `error ${r.error.cause}`);
        result = `Err("${r.error.cause}")`;
        set.abortAll();
      }
    } else if (r.value === undefined) break;
    else log('main', `${r.value.value} ok`);
  }
  log('main', result);
}
