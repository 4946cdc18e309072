import { type Async, Elapsed, millis, sleep, timeout } from 'async-lessons';
import { debug, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const result = yield* outcome(
    timeout(
      millis(20),
      (function* (): Async<void> {
        yield* sleep(millis(50));
        log('inner', 'never');
      })(),
    ),
  );
  const error = 'error' in result && result.error instanceof Elapsed ? result.error : undefined;
  log('main', `elapsed=${error !== undefined} text=${debug(error?.message)}`);
  yield* sleep(millis(100));
  log('main', 'end');
}
