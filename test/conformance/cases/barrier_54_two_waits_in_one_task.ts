import { type Async, Barrier, join, millis, timeout } from 'async-lessons';
import { log, outcome, timedOut, traced } from '../common.ts';

export function* main(): Async<void> {
  const b = new Barrier(2);
  {
    const [x, y] = yield* join(traced('x', b.wait()), traced('y', b.wait()));
    log('main', `leaders ${x.isLeader()} ${y.isLeader()}`);
  }
  const x = b.wait();
  const y = b.wait();
  const r = yield* outcome(timeout(millis(5), y));
  log('main', `elapsed ${timedOut(r)}`);
  log('main', `leader ${(yield* x).isLeader()}`);
}
