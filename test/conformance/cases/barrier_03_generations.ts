import { type Async, Barrier, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const b = new Barrier(2);
  const member = (name: string, t: number) =>
    spawn(
      (function* (): Async<void> {
        for (let round = 0; round < 3; round++) {
          yield* sleep(millis(t));
          const r = yield* b.wait();
          log(name, `round ${round} leader=${r.isLeader()}`);
        }
      })(),
    );
  const hs = [member('A', 10), member('B', 15)];
  for (const h of hs) yield* h;
}
