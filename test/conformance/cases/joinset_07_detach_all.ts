import { type Async, JoinSet, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<void>();
  set.spawn(
    (function* () {
      yield* sleep(millis(10));
      log('task', 'still finished');
    })(),
  );
  set.detachAll();
  log('main', `len=${set.length}`);
  log('main', `next is none=${(yield* set.joinNext()) === undefined}`);
  yield* sleep(millis(20));
  log('main', 'end');
}
