import { type Async, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  {
    const s = sleep(millis(100));
    yield* sleep(millis(60));
    log('main', 'after 60');
    yield* s;
    log('main', 'after s');
  }
  const s = sleep(millis(10));
  yield* sleep(millis(50));
  log('main', 'before expired s');
  yield* s;
  log('main', 'expired s resolves at once');
}
