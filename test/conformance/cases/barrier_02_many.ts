import { type Async, Barrier, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

// Differs: those who wait are woken first come, first served. Tokio 1.24.2 wakes the last first,
// and 1.53.1 in an order that changes from run to run.
export function* main(): Async<void> {
  const b = new Barrier(4);
  const hs = ['A', 'B', 'C', 'D'].map((name, i) =>
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(10 * i));
        log(name, 'arrives');
        const r = yield* b.wait();
        log(name, `passes leader=${r.isLeader()}`);
      })(),
    ),
  );
  for (const h of hs) yield* h;
}
