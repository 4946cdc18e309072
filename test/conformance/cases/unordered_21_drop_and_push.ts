import { type Async, FuturesUnordered, millis, sleep } from 'async-lessons';
import { log, OnDrop, option, traced } from '../common.ts';

function* wait(label: string, t: number): Async<string> {
  using _g = new OnDrop(label);
  yield* sleep(millis(t));
  return label;
}

function* next(set: FuturesUnordered<string>): Async<void> {
  log('main', option((yield* set.next())?.value));
}

export function* main(): Async<void> {
  const first = new FuturesUnordered([wait('a', 100), wait('b', 10), wait('c', 100)]);
  yield* next(first);
  first.push(wait('d', 100));
  first.push(wait('e', 5));
  yield* next(first);
  first.push(wait('never polled', 1));
  first[Symbol.dispose]();
  log('main', 'dropped');

  const set = new FuturesUnordered([wait('x', 5), wait('y', 10)]);
  yield* traced(
    'main',
    (function* () {
      yield* next(set);
      yield* sleep(millis(20));
      log('main', 'slept');
      yield* next(set);
      yield* next(set);
      set.push(wait('z', 5));
      yield* next(set);
    })(),
  );
}
