import { type Async, Elapsed, millis, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const logBook: string[] = [];
  const direct = (function* (): Async<void> {
    logBook.push('direct: debit');
    yield* sleep(millis(20));
    logBook.push('direct: credit');
  })();
  const first = yield* outcome(timeout(millis(10), direct));
  log('main', `direct cancelled=${'error' in first && first.error instanceof Elapsed}`);
  const shielded = spawn(
    (function* (): Async<void> {
      logBook.push('shielded: debit');
      yield* sleep(millis(20));
      logBook.push('shielded: credit');
    })(),
  );
  const second = yield* outcome(timeout(millis(10), shielded));
  log('main', `waiting for shielded given up=${'error' in second && second.error instanceof Elapsed}`);
  yield* sleep(millis(20));
  for (const line of logBook) log('book', line);
}
