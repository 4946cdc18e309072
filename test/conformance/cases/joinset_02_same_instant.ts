import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<number>();
  for (let i = 0; i < 5; i++) {
    set.spawn(
      (function* () {
        yield* sleep(millis(10));
        log('task', `${i} done`);
        return i;
      })(),
    );
  }
  for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) {
    log('main', `joined ${r.value}`);
  }
}
