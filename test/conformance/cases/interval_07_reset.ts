import { type Async, interval, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  using iv = interval(millis(10));
  yield* iv.tick();
  log('main', 'tick');
  yield* sleep(millis(7));
  iv.reset();
  log('main', 'reset');
  log('main', `tick ${yield* iv.tick()}`);
  log('main', `tick ${yield* iv.tick()}`);
}
