import { type Async, JoinSet, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { joinError, log, OnDrop, traced } from '../common.ts';

function* member(name: string, takes: number): Async<void> {
  using _g = new OnDrop(name);
  yield* sleep(millis(takes));
}

export function* main(): Async<void> {
  const h = spawn(
    traced(
      'owner',
      (function* (): Async<void> {
        using _g = new OnDrop('owner-local');
        using set = new JoinSet<void>();
        set.spawn(traced('A', member('A', 100)));
        set.spawn(traced('B', member('B', 10)));
        set.spawn(traced('C', member('C', 100)));
        while ((yield* set.joinNext()) !== undefined) log('owner', 'one joined');
      })(),
    ),
  );
  yield* sleep(millis(20));
  h.abort();
  log('main', 'aborted the owner');
  log('main', `cancelled ${(yield* joinError(h)).isCancelled()}`);
  yield* yieldNow();
  log('main', 'end');
}
