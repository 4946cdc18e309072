import { type Async, millis, select, sleep, spawn, yieldNow } from 'async-lessons';
import { log, ready, selfWake, traced } from '../common.ts';

export function* main(): Async<void> {
  const h = spawn(
    traced(
      'task',
      (function* (): Async<void> {
        const first = yield* select({ yielded: yieldNow(), ready: ready() }, { biased: true });
        log('task', first.branch);
        const second = yield* select({ selfWake: selfWake(), sleep: sleep(millis(5)) }, { biased: true });
        log('task', second.branch === 'selfWake' ? 'self-wake first' : 'sleep first');
        yield* sleep(millis(5));
      })(),
    ),
  );
  yield* h;
  log('main', 'end');
}
