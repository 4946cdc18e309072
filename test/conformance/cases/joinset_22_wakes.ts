import { type Async, JoinSet, millis, sleep, timeout, yieldNow } from 'async-lessons';
import { log, outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<void>();
  for (const t of [0, 5, 10]) {
    set.spawn(
      (function* () {
        if (t > 0) yield* sleep(millis(t));
        log('member', `${t} done`);
      })(),
    );
  }
  yield* yieldNow();
  function* joinOne(): Async<void> {
    log('main', `joined=${(yield* set.joinNext()) !== undefined}`);
  }
  yield* traced(
    'main',
    (function* () {
      yield* joinOne();
      yield* sleep(millis(20));
      log('main', 'slept');
      yield* joinOne();
      yield* joinOne();
      yield* joinOne();
    })(),
  );

  set.spawn(sleep(millis(10)));
  yield* traced(
    'loser',
    (function* () {
      const r = yield* outcome(timeout(millis(5), set.joinNext()));
      log('loser', `elapsed=${'error' in r}`);
      yield* sleep(millis(20));
      log('loser', `len=${set.length}`);
    })(),
  );
}
