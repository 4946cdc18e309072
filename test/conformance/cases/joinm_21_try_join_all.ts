import { type Async, millis, sleep, tryJoinAll } from 'async-lessons';
import { log, OnDrop, outcome, traced } from '../common.ts';

function* f(label: string, t: number, fail: boolean): Async<number> {
  using _g = new OnDrop(label);
  yield* traced(label, sleep(millis(t)));
  if (fail) throw label;
  return t;
}

export function* main(): Async<void> {
  const r1 = yield* outcome(tryJoinAll([f('a', 20, false), f('b', 10, false)]));
  if ('value' in r1) log('main', `Ok([${r1.value.join(', ')}])`);
  const r2 = yield* outcome(tryJoinAll([f('c', 20, false), f('d', 10, true), f('e', 10, true)]));
  if ('error' in r2) log('main', `Err("${r2.error}")`);
}
