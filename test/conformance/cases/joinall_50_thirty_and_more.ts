import {
  type Async,
  type Context,
  Future,
  joinAll,
  millis,
  Pending,
  type Poll,
  pollFuture,
  sleep,
} from 'async-lessons';
import { log } from '../common.ts';

let polls = 0;

class Counted extends Future<number> {
  readonly #i: number;
  readonly #inner: Future<void>;

  constructor(i: number) {
    super();
    this.#i = i;
    this.#inner = sleep(millis(i % 2 === 0 ? 10 : 20));
  }

  override poll(cx: Context): Poll<number> {
    polls += 1;
    return pollFuture(this.#inner, cx) === Pending ? Pending : this.#i;
  }
}

export function* main(): Async<void> {
  for (const n of [3, 30, 31, 40]) {
    polls = 0;
    const out = yield* joinAll(Array.from({ length: n }, (_, i) => new Counted(i)));
    const ordered = out.every((v, i) => i === v);
    log('main', `${n}: ${polls} polls, in order ${ordered}`);
  }
}
