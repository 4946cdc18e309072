import { type Async, JoinSet, millis, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

function* waits(name: string): Async<void> {
  using _g = new OnDrop(name);
  yield* sleep(secs(100));
}

// Differs: tasks are dropped in the order of their spawning. Tokio 1.24.2 does so too; 1.53.1 keeps
// them in four lists, by their number, and drops one list after the other. And a generator that
// never ran, as that of E, has not reached its `using`.
export function* main(): Async<void> {
  using _local = new OnDrop('main-local');
  const finished = spawn(
    (function* (): Async<OnDrop> {
      return new OnDrop('unread value');
    })(),
  );
  const handleInside = spawn(
    (function* (): Async<void> {
      yield* sleep(secs(100));
    })(),
  );
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('A');
      using _h = finished;
      yield* sleep(secs(100));
    })(),
  );
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('B');
      const r = yield* outcome(handleInside);
      log('B', `never ${'value' in r}`);
    })(),
  );
  const c = spawn(waits('C'));
  const set = new JoinSet<void>();
  set.spawn(waits('member'));
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('D');
      using _set = set;
      yield* sleep(secs(100));
    })(),
  );
  yield* sleep(millis(5));
  const queued = new OnDrop('E');
  spawn(
    (function* (): Async<void> {
      using _g = queued;
    })(),
  );
  c.abort();
  log('main', 'returns');
}
