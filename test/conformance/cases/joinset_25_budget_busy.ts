import { type Async, JoinSet, millis, sleep, spawn } from 'async-lessons';
import { log, selfWake, traced } from '../common.ts';

export function* main(): Async<void> {
  for (const count of [129, 131]) {
    const set = new JoinSet<number>();
    for (let i = 0; i < count; i++) {
      set.spawn(
        (function* () {
          return i;
        })(),
      );
    }
    yield* sleep(millis(1));
    const task = spawn(
      traced(
        'task',
        (function* () {
          let joined = 0;
          for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) {
            if (r.value >= 126) log('task', `joined ${r.value}`);
            joined += 1;
          }
          return joined;
        })(),
      ),
    );
    const neighbour = spawn(
      (function* () {
        for (let i = 0; i < 4; i++) {
          log('neighbour', `${i}`);
          yield* selfWake();
        }
      })(),
    );
    log('main', `${yield* task}`);
    yield* neighbour;
  }
}
