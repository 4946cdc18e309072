import { type Async, CancellationToken, millis, sleep, spawn } from 'async-lessons';
import { log, OnDrop, option, traced } from '../common.ts';

function* value(v: number): Async<number> {
  return v;
}

/** `{:?}` of what is `{ value }` here, and an option there. */
function shown(r: { readonly value: unknown } | undefined): string {
  if (r === undefined) return 'None';
  return r.value === undefined ? 'Some(())' : option(r.value);
}

export function* main(): Async<void> {
  const t = new CancellationToken();
  log('main', shown(yield* t.runUntilCancelled(traced('quick', value(1)))));
  const slow = spawn(
    (function* (): Async<void> {
      const r = yield* t.runUntilCancelled(
        traced(
          'slow',
          (function* (): Async<number> {
            using _g = new OnDrop('slow-local');
            yield* sleep(millis(10));
            return 2;
          })(),
        ),
      );
      log('task', shown(r));
    })(),
  );
  yield* sleep(millis(5));
  log('main', 'cancel');
  t.cancel();
  yield* slow;
  log('main', shown(yield* t.runUntilCancelled(traced('late', value(3)))));
  const t2 = new CancellationToken();
  const both = spawn(
    (function* (): Async<void> {
      const r = yield* t2.runUntilCancelled(traced('both', sleep(millis(10))));
      log('task', `both at once: ${shown(r)}`);
    })(),
  );
  spawn(
    (function* (): Async<void> {
      yield* sleep(millis(10));
      t2.cancel();
    })(),
  );
  yield* both;
}
