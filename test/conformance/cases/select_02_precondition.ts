import { type Async, branch, select } from 'async-lessons';
import { log, ready, traced } from '../common.ts';

export function* main(): Async<void> {
  for (const flag of [true, false]) {
    const winner = yield* select(
      {
        A: branch(traced('A', ready()), { if: flag }),
        B: traced('B', ready()),
      },
      { biased: true },
    );
    log('main', `${winner.branch} (flag ${flag})`);
  }
}
