import { type Async, millis, select, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  let n = 0;
  const winner = yield* select(
    {
      work: (function* (): Async<void> {
        for (let i = 0; i < 10; i++) {
          n += 1;
          log('work', `step ${i}`);
          yield* sleep(millis(10));
        }
      })(),
      timer: sleep(millis(25)),
    },
    { biased: true },
  );
  log('main', winner.branch === 'work' ? 'work finished' : 'timer');
  log('main', `steps done ${n}`);
  yield* sleep(millis(50));
  log('main', `steps done ${n}`);
}
