import { type Async, JoinError, JoinSet, millis, sleep } from 'async-lessons';
import { log, panicText } from '../common.ts';

function* member(takes: number, value: number): Async<number> {
  yield* sleep(millis(takes));
  return value;
}

export function* main(): Async<void> {
  const set = new JoinSet<number>();
  set.spawn(member(20, 1));
  set.spawn(
    (function* (): Async<number> {
      yield* sleep(millis(10));
      throw new Error('oh');
    })(),
  );
  const aborted = set.spawn(member(100, 3));
  set.spawn(member(10, 4));
  yield* sleep(millis(5));
  aborted.abort();
  log('main', `len ${set.length} finished ${aborted.isFinished()}`);
  for (;;) {
    try {
      const r = yield* set.joinNext();
      if (r === undefined) break;
      log('main', `value ${r.value}, ${set.length} left`);
    } catch (error) {
      if (!(error instanceof JoinError)) throw error;
      log('main', `${error.isCancelled() ? 'cancelled' : `panic ${panicText(error)}`}, ${set.length} left`);
    }
  }
  log('main', `empty ${set.isEmpty()} finished ${aborted.isFinished()}`);
}
