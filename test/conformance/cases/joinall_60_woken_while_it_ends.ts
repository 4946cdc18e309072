import { type Async, joinAll, millis, select, sleep } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  let polls = 0;
  const future = function* (i: number): Async<number> {
    const counts = (function* (): Async<void> {
      polls += 1;
    })();
    yield* select({ wakes: selfWake(), ends: counts }, { biased: true });
    if (i % 4 === 0) yield* sleep(millis(5));
    return i;
  };
  const out = yield* joinAll(Array.from({ length: 40 }, (_, i) => future(i)));
  const ordered = out.every((v, i) => i === v);
  log('main', `${polls} polls, in order ${ordered}`);
}
