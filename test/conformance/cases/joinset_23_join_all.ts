import { type Async, JoinSet, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { joinError, log, OnDrop, panicText } from '../common.ts';

function* after<T>(t: number, value: T): Async<T> {
  yield* sleep(millis(t));
  return value;
}

function* long(name: string): Async<OnDrop> {
  using _g = new OnDrop(name);
  return yield* late(100, 'never');
}

function* late(t: number, name: string): Async<OnDrop> {
  yield* sleep(millis(t));
  return new OnDrop(name);
}

function* spills(t: number): Async<OnDrop> {
  yield* sleep(millis(t));
  throw new Error('spilled');
}

export function* main(): Async<void> {
  const set = new JoinSet<number>();
  for (const t of [30, 10, 20]) set.spawn(after(t, t));
  log('main', `[${(yield* set.joinAll()).join(', ')}]`);

  const panics = spawn(
    (function* () {
      const set = new JoinSet<OnDrop>();
      set.spawn(long('long'));
      set.spawn(late(5, 'early'));
      set.spawn(spills(10));
      using _l = new OnDrop('local');
      yield* set.joinAll();
    })(),
  );
  const e = yield* joinError(panics);
  log('main', `panic=${e.isPanic()} ${panicText(e)}`);
  yield* sleep(millis(1));

  const task = spawn(
    (function* () {
      const set = new JoinSet<OnDrop>();
      set.spawn(late(5, 'value'));
      set.spawn(long('slow'));
      yield* set.joinAll();
    })(),
  );
  yield* sleep(millis(10));
  task.abort();
  log('main', 'aborted');
  yield* yieldNow();
  log('main', 'end');
}
