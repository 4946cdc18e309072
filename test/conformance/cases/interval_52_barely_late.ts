import { type Async, interval, millis, now, sleep } from 'async-lessons';
import { log } from '../common.ts';

const NAMES = { delay: 'Delay', skip: 'Skip' } as const;

export function* main(): Async<void> {
  for (const behaviour of ['delay', 'skip'] as const) {
    for (const late of [5, 6]) {
      const begin = now();
      using i = interval(millis(20));
      i.missedTicks = behaviour;
      yield* i.tick();
      yield* sleep(millis(20 + late));
      const ticks: number[] = [];
      for (let n = 0; n < 3; n++) ticks.push((yield* i.tick()) - begin);
      log('main', `${NAMES[behaviour]}, late by ${late}: ${ticks.join(' ')}`);
    }
  }
}
