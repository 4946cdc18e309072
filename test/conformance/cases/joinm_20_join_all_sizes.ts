import type { Context } from 'async-lessons';
import { type Async, Elapsed, Future, joinAll, millis, Pending, type Poll, sleep, timeout } from 'async-lessons';
import { log, OnDrop, outcome, traced } from '../common.ts';

let polls = 0;

class Counted extends Future<number> {
  readonly #number: number;
  readonly #nap: Future<void>;

  constructor(number: number) {
    super();
    this.#number = number;
    this.#nap = sleep(millis(1 + (number % 3)));
  }

  override poll(cx: Context): Poll<number> {
    polls += 1;
    return this.#nap.poll(cx) === Pending ? Pending : this.#number;
  }
}

function f(label: string, t: number): Future<void> {
  return traced(
    label,
    (function* () {
      using _g = new OnDrop(label);
      yield* sleep(millis(t));
    })(),
  );
}

export function* main(): Async<void> {
  for (const count of [3, 30, 31]) {
    polls = 0;
    const all = joinAll(Array.from({ length: count }, (_, i) => new Counted(i)));
    const values = yield* traced('all', all);
    log('main', `${values.length} values, last Some(${values.at(-1)}), ${polls} polls`);
  }
  const all = joinAll([f('a', 20), f('b', 10), f('c', 30)]);
  const result = yield* outcome(timeout(millis(15), all));
  log('main', `elapsed=${'error' in result && result.error instanceof Elapsed}`);
}
