import { type Async, JoinSet, millis, select, sleep } from 'async-lessons';
import { log, nowOrNever, pollOnce, unwrap } from '../common.ts';

function* member(name: string, takes: number): Async<string> {
  yield* sleep(millis(takes));
  return name;
}

export function* main(): Async<void> {
  const set = new JoinSet<string>();
  set.spawn(member('A', 12));
  set.spawn(member('B', 12));
  set.spawn(member('C', 25));
  set.spawn(member('D', 8));
  for (;;) {
    const winner = yield* select({ tick: sleep(millis(10)), joined: set.joinNext() }, { biased: true });
    if (winner.branch === 'tick') {
      log('main', 'tick');
      continue;
    }
    if (winner.value === undefined) break;
    log('main', winner.value.value);
  }
  set.spawn(
    (function* (): Async<string> {
      return 'late';
    })(),
  );
  {
    using next = set.joinNext();
    log('main', `ready=${(yield* pollOnce(next)) !== 'pending'}`);
  }
  yield* sleep(millis(5));
  log('main', unwrap(nowOrNever(set.joinNext())).value);
}
