import { type Async, interval, millis, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      log('task', 'ran');
    })(),
  );
  using iv = interval(millis(10));
  const t = yield* iv.tick();
  log('main', `tick ${t}`);
  for (let i = 0; i < 3; i++) {
    const t = yield* iv.tick();
    log('main', `tick ${t}`);
  }
}
