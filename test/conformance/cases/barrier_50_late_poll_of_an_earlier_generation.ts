import { type Async, Barrier } from 'async-lessons';
import { log, pollOnce } from '../common.ts';

export function* main(): Async<void> {
  const b = new Barrier(2);
  const a = b.wait();
  log('main', `a ready=${(yield* pollOnce(a)) !== 'pending'}`);
  log('main', `b leader=${(yield* b.wait()).isLeader()}`);
  const c = b.wait();
  log('main', `c ready=${(yield* pollOnce(c)) !== 'pending'}`);
  log('main', `d leader=${(yield* b.wait()).isLeader()}`);
  const e = b.wait();
  log('main', `e ready=${(yield* pollOnce(e)) !== 'pending'}`);
  log('main', `c leader=${(yield* c).isLeader()}`);
  log('main', `a leader=${(yield* a).isLeader()}`);
  log('main', `e ready=${(yield* pollOnce(e)) !== 'pending'}`);
}
