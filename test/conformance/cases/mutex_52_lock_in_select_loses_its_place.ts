import { type Async, Mutex, millis, ref, select, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex(undefined);
  const held = yield* m.lock();
  const hs = [
    spawn(
      (function* (): Async<void> {
        for (;;) {
          const winner = yield* select({ lock: m.lock(), time: sleep(millis(10)) }, { biased: true });
          if (winner.branch === 'lock') {
            using _g = winner.value;
            log('fresh', 'locked');
            break;
          }
          log('fresh', 'again');
        }
      })(),
    ),
    spawn(
      (function* (): Async<void> {
        using lock = m.lock();
        for (;;) {
          const winner = yield* select({ lock: ref(lock), time: sleep(millis(10)) }, { biased: true });
          if (winner.branch === 'lock') {
            using _g = winner.value;
            log('kept', 'locked');
            break;
          }
          log('kept', 'again');
        }
      })(),
    ),
  ];
  yield* sleep(millis(5));
  hs.push(
    spawn(
      (function* (): Async<void> {
        using _g = yield* m.lock();
        log('third', 'locked');
      })(),
    ),
  );
  yield* sleep(millis(20));
  log('main', 'unlocks');
  held[Symbol.dispose]();
  for (const h of hs) yield* h;
}
