import { type Async, Barrier, millis, timeout } from 'async-lessons';
import { log, option, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const b = new Barrier(2);
  const first = yield* outcome(timeout(millis(10), b.wait()));
  log('main', `timed out=${timedOut(first)}`);
  const second = yield* outcome(timeout(millis(10), b.wait()));
  const leader = 'value' in second ? second.value.isLeader() : undefined;
  log('main', `second wait passes leader=${option(leader)}`);
}
