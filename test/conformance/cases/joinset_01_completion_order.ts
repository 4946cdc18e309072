import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<string>();
  for (const [name, t] of [
    ['c', 30],
    ['a', 10],
    ['b', 20],
  ] as const) {
    set.spawn(
      (function* () {
        yield* sleep(millis(t));
        log(name, 'done');
        return name;
      })(),
    );
  }
  for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) {
    log('main', `joined ${r.value} left=${set.length}`);
  }
  log('main', `empty=${set.isEmpty()}`);
}
