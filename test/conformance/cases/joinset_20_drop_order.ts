import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { joinError, log, OnDrop } from '../common.ts';

function* holding(name: string, t: number): Async<OnDrop> {
  using _g = new OnDrop(name);
  yield* sleep(millis(t));
  return new OnDrop('output');
}

export function* main(): Async<void> {
  const first = new JoinSet<OnDrop>();
  for (const [name, t] of [
    ['a', 100],
    ['b', 2],
    ['c', 100],
    ['d', 1],
  ] as const)
    first.spawn(holding(name, t));
  const a = first.spawn(
    (function* () {
      return new OnDrop('quick');
    })(),
  );
  yield* sleep(millis(5));
  log('main', `len=${first.length} quick finished=${a.isFinished()}`);
  first[Symbol.dispose]();
  log('main', 'dropped');
  yield* sleep(millis(5));

  const set = new JoinSet<unknown>();
  for (const name of ['x', 'y', 'z']) set.spawn(holding(name, 100));
  yield* sleep(millis(5));
  set.abortAll();
  set.abortAll();
  log('main', `aborted len=${set.length}`);
  while (!set.isEmpty()) {
    const error = yield* joinError(set.joinNext());
    log('main', `cancelled=${error.isCancelled()} left=${set.length}`);
  }
  set.spawn(
    (function* () {
      log('late', 'runs');
    })(),
  );
  log('main', `joined=${(yield* set.joinNext()) !== undefined}`);
}
