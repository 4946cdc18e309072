import { type Async, millis, ref, select, sleep } from 'async-lessons';
import { log } from '../common.ts';

function* steps(): Async<string> {
  for (let i = 0; i < 3; i++) {
    yield* sleep(millis(10));
    log('work', `step ${i}`);
  }
  return 'result';
}

export function* main(): Async<void> {
  const work = steps();
  let ticks = 0;
  let r: string;
  for (;;) {
    const winner = yield* select({ r: ref(work), tick: sleep(millis(7)) }, { biased: true });
    if (winner.branch === 'r') {
      r = winner.value;
      break;
    }
    ticks += 1;
    log('main', `tick ${ticks}`);
  }
  log('main', r);
}
