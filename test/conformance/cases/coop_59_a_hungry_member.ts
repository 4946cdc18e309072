import { type Async, JoinSet, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(10);
  const set = new JoinSet<string>();
  for (const name of ['A', 'B', 'C']) {
    set.spawn(
      (function* (): Async<string> {
        for (let i = 1; i <= 384; i++) {
          (yield* s.acquire())[Symbol.dispose]();
          if (i % 128 === 0) log(name, `${i}`);
        }
        return name;
      })(),
    );
  }
  const timer = spawn(
    (function* (): Async<void> {
      yield* sleep(millis(1));
      log('timer', 'fired');
    })(),
  );
  for (let r = yield* set.joinNext(); r !== undefined; r = yield* set.joinNext()) log('main', r.value);
  yield* timer;
}
