import { type Async, millis, sleep, spawn } from 'async-lessons';
import { joinError, log } from '../common.ts';

function* run(): Async<number> {
  const h = spawn(
    (function* (): Async<number> {
      yield* sleep(millis(5));
      throw new Error('task down');
    })(),
  );
  const v = yield* h;
  log('run', `never ${v}`);
  return v;
}

export function* main(): Async<void> {
  const e = yield* joinError(run());
  log('main', `is_panic=${e.isPanic()}`);
}
