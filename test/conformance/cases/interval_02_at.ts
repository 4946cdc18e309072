import { type Async, interval, millis, now } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const t0 = now();
  using future = interval(millis(10), { start: t0 + millis(15) });
  for (let i = 0; i < 3; i++) {
    const t = yield* future.tick();
    log('main', `tick ${t}`);
  }
  log('main', 'past start');
  using past = interval(millis(10), { start: t0 });
  for (let i = 0; i < 6; i++) {
    const t = yield* past.tick();
    log('main', `tick ${t}`);
  }
}
