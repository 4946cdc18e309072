import { type Async, Barrier, Mutex, millis, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

function* spend(n: number): Async<void> {
  const m = new Mutex(undefined);
  for (let i = 0; i < n; i++) (yield* m.lock())[Symbol.dispose]();
}

export function* main(): Async<void> {
  for (const used of [126, 127, 128]) {
    const b = new Barrier(2);
    for (let generation = 1; generation <= 2; generation++) {
      log('main', `used ${used} generation ${generation}`);
      const w = spawn(
        traced(
          'waiter',
          (function* (): Async<boolean> {
            yield* spend(used);
            return (yield* b.wait()).isLeader();
          })(),
        ),
      );
      const l = spawn(
        traced(
          'leader',
          (function* (): Async<boolean> {
            yield* spend(128);
            yield* sleep(millis(5));
            yield* spend(128);
            return (yield* b.wait()).isLeader();
          })(),
        ),
      );
      log('main', `waiter=${yield* w} leader=${yield* l}`);
    }
  }
}
