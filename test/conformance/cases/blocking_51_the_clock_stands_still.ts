import { type Async, millis, ref, sleep, spawnBlocking, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const h = spawnBlocking(() => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 30);
    return 'value';
  });
  const r = yield* outcome(timeout(millis(10), ref(h)));
  log('main', `ok=${!timedOut(r)}`);
  yield* sleep(millis(5));
  log('main', 'end');
}
