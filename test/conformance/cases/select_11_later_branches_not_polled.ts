import { type Async, millis, select, sleep } from 'async-lessons';
import { log, ready, traced } from '../common.ts';

export function* main(): Async<void> {
  const first = yield* select(
    {
      A: traced('A', sleep(millis(10))),
      B: traced('B', sleep(millis(10))),
      C: traced('C', sleep(millis(5))),
    },
    { biased: true },
  );
  log('main', first.branch);
  const second = yield* select(
    {
      D: traced('D', ready()),
      E: traced('E', ready()),
    },
    { biased: true },
  );
  log('main', second.branch);
}
