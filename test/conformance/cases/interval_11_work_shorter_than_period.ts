import { type Async, interval, type MissedTicks, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

const NAMES: Record<MissedTicks, string> = { burst: 'Burst', delay: 'Delay', skip: 'Skip' };

export function* main(): Async<void> {
  using iv = interval(millis(10));
  for (let i = 0; i < 5; i++) {
    const t = yield* iv.tick();
    log('main', `tick ${t} work ${i * 2}`);
    yield* sleep(millis(i * 2));
  }
  log('main', `period ${iv.period}ms behaviour ${NAMES[iv.missedTicks]}`);
}
