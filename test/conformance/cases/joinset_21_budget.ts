import { type Async, JoinSet, millis, sleep, spawn } from 'async-lessons';
import { log, selfWake, traced } from '../common.ts';

function filled(): JoinSet<number> {
  const set = new JoinSet<number>();
  for (let i = 0; i < 140; i++) {
    set.spawn(
      (function* () {
        return i;
      })(),
    );
  }
  return set;
}

export function* main(): Async<void> {
  const task = spawn(
    (function* () {
      const set = filled();
      const neighbour = spawn(
        (function* () {
          for (let i = 0; i < 4; i++) {
            log('neighbour', `${i}`);
            yield* selfWake();
          }
        })(),
      );
      yield* sleep(millis(1));
      let from = 0;
      let to = -1;
      for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) {
        const i = r.value;
        if (i === 127) {
          for (let j = 0; j < 2; j++) {
            spawn(
              (function* () {
                log('other', `${j}`);
              })(),
            );
          }
        }
        if (i !== to + 1) {
          log('joined', `${from}..=${to}`);
          from = i;
        }
        to = i;
      }
      log('joined', `${from}..=${to}`);
      yield* neighbour;
    })(),
  );
  yield* task;

  const set = filled();
  yield* sleep(millis(1));
  const order: number[] = [];
  function* join(): Async<void> {
    for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) order.push(r.value);
  }
  yield* traced('main', join());
  log('main', `[${order.slice(125).join(', ')}]`);
}
