import { type Async, Barrier } from 'async-lessons';
import { log, nowOrNever, unwrap } from '../common.ts';

export function* main(): Async<void> {
  for (const n of [0, 1]) {
    const b = new Barrier(n);
    for (let i = 0; i < 2; i++) log('main', `of ${n}: leader=${unwrap(nowOrNever(b.wait())).isLeader()}`);
  }
}
