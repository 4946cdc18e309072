import { type Async, interval, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

const NAMES = { burst: 'Burst', delay: 'Delay', skip: 'Skip' } as const;

export function* main(): Async<void> {
  using i = interval(millis(10));
  yield* i.tick();
  for (const behaviour of ['skip', 'delay', 'burst', 'skip'] as const) {
    i.missedTicks = behaviour;
    log('main', `${NAMES[i.missedTicks]}, now late by 25`);
    yield* sleep(millis(35));
    for (let n = 0; n < 3; n++) log('main', `tick for ${yield* i.tick()}`);
  }
}
