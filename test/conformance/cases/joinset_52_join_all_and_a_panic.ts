import { type Async, JoinSet, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log, OnDrop, outcome, panicText } from '../common.ts';

function* member(name: string, takes: number): Async<void> {
  using _g = new OnDrop(name);
  yield* sleep(millis(takes));
  if (name === 'B') throw new Error(`panic in ${name}`);
  log(name, 'ends');
}

export function* main(): Async<void> {
  const h = spawn(
    (function* (): Async<number> {
      const set = new JoinSet<void>();
      set.spawn(member('A', 30));
      set.spawn(member('B', 10));
      set.spawn(member('C', 20));
      return (yield* set.joinAll()).length;
    })(),
  );
  const r = yield* outcome(h);
  log('main', 'value' in r ? `${r.value} values` : panicText(r.error));
  yield* yieldNow();
  log('main', 'end');
}
