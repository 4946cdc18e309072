import { type Async, interval, millis, spawn } from 'async-lessons';
import { log } from '../common.ts';

function* ticks(name: string, period: number): Async<void> {
  using iv = interval(millis(period));
  for (;;) {
    const t = yield* iv.tick();
    log(name, `tick ${t}`);
    if (t >= 60) break;
  }
}

export function* main(): Async<void> {
  const hs = [spawn(ticks('A', 20)), spawn(ticks('B', 30)), spawn(ticks('C', 10))];
  for (const h of hs) yield* h;
  log('main', 'end');
}
