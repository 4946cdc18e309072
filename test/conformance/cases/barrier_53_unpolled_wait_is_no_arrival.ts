import { type Async, Barrier, dropFuture, join } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

export function* main(): Async<void> {
  const b = new Barrier(2);
  const early = b.wait();
  const a = b.wait();
  log('main', `a ready=${(yield* pollOnce(a)) !== 'pending'}`);
  dropFuture(early);
  log('main', `a ready=${(yield* pollOnce(a)) !== 'pending'}`);
  const [first, second] = yield* join(a, b.wait());
  log('main', `leaders ${first.isLeader()} ${second.isLeader()}`);
}
