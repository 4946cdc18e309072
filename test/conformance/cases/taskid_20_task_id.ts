import { type Async, JoinSet, millis, sleep, spawn, taskId, yieldNow } from 'async-lessons';
import { caught, joinError, log } from '../common.ts';

class Tells implements Disposable {
  seen: number | undefined = undefined;

  [Symbol.dispose](): void {
    this.seen = taskId();
  }
}

function* tell(): Async<number> {
  return taskId();
}

export function* main(): Async<void> {
  const error = caught(taskId);
  log('main', `${error !== undefined}`);
  log('main', (error as Error).message);
  const h1 = spawn(tell());
  log('main', `same=${(yield* h1) === h1.id}`);
  const tells = new Tells();
  const h2 = spawn(
    (function* () {
      using _t = tells;
      yield* sleep(millis(100));
    })(),
  );
  yield* sleep(millis(1));
  h2.abort();
  yield* yieldNow();
  log('main', `same=${tells.seen === h2.id} finished=${h2.isFinished()}`);
  const set = new JoinSet<number>();
  const a = set.spawn(tell());
  const joined = yield* set.joinNext();
  log('main', `same=${a.id === joined?.id} ${joined?.id === joined?.value}`);
  const b = set.spawn(
    (function* (): Async<never> {
      throw new Error('spilled');
    })(),
  );
  const e = yield* joinError(set.joinNext());
  log('main', `same=${b.id === e.id} panic=${e.isPanic()}`);
}
