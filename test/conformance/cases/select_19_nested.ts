import { type Async, millis, select, sleep } from 'async-lessons';
import { log, traced } from '../common.ts';

function* inner(): Async<string> {
  const winner = yield* select(
    {
      slow: traced('inner-slow', sleep(millis(30))),
      fast: traced('inner-fast', sleep(millis(20))),
    },
    { biased: true },
  );
  return `inner ${winner.branch}`;
}

export function* main(): Async<void> {
  const winner = yield* select({ v: inner(), outer: traced('outer', sleep(millis(10))) }, { biased: true });
  log('main', winner.branch === 'v' ? `inner decided: ${winner.value}` : 'outer timer');
  log('main', 'end');
}
