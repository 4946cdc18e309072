import { type Async, interval, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  using iv = interval(millis(10));
  iv.missedTicks = 'skip';
  for (let i = 0; i < 7; i++) {
    const t = yield* iv.tick();
    log('main', `tick ${t}`);
    if (i === 1) yield* sleep(millis(36));
  }
}
