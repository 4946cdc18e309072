import { type Async, Elapsed, millis, ref, sleep, timeout } from 'async-lessons';
import { log } from '../common.ts';

function* threeSteps(): Async<string> {
  for (let i = 0; i < 3; i++) {
    yield* sleep(millis(10));
    log('work', `step ${i}`);
  }
  return 'done';
}

export function* main(): Async<void> {
  const work = threeSteps();
  let n = 0;
  let v: string | undefined;
  while (v === undefined) {
    n += 1;
    try {
      v = yield* timeout(millis(12), ref(work));
    } catch (error) {
      if (!(error instanceof Elapsed)) throw error;
      log('main', `attempt ${n} elapsed`);
    }
  }
  log('main', `${v} after ${n} attempts`);
}
