import { type Async, interval, millis, select, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  using iv = interval(millis(30));
  let n = 0;
  while (n < 3) {
    const winner = yield* select({ tick: iv.tick(), idle: sleep(millis(20)) }, { biased: true });
    if (winner.branch === 'tick') {
      n += 1;
      log('main', `tick ${winner.value}`);
    } else {
      log('main', 'idle');
    }
  }
}
