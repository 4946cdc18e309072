import { type Async, interval, millis, now, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  using i = interval(millis(20));
  yield* i.tick();
  log('main', 'first');
  yield* sleep(millis(5));
  i.resetImmediately();
  log('main', `tick for ${yield* i.tick()}`);
  log('main', `tick for ${yield* i.tick()}`);
  i.resetAfter(millis(7));
  log('main', `tick for ${yield* i.tick()}`);
  log('main', `tick for ${yield* i.tick()}`);
  i.resetAt(now() + millis(50));
  log('main', `tick for ${yield* i.tick()}`);
  i.resetAt(now() - millis(30));
  for (let n = 0; n < 3; n++) log('main', `tick for ${yield* i.tick()}`);
  log('main', `period ${i.period}`);
}
