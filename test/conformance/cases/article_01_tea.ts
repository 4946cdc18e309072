import { type Async, join, millis, secs, sleep } from 'async-lessons';
import { log } from '../common.ts';

function* boilKettle(): Async<string> {
  log('kettle', 'switched on');
  yield* sleep(secs(2));
  log('kettle', 'boiling');
  return 'hot water';
}

function* prepareCup(): Async<string> {
  log('cup', 'fetching');
  yield* sleep(millis(500));
  log('cup', 'tea bag in');
  return 'cup with tea bag';
}

export function* main(): Async<void> {
  {
    const water = yield* boilKettle();
    const cup = yield* prepareCup();
    log('main', `one after the other: ${water} + ${cup}`);
  }
  const [water, cup] = yield* join(boilKettle(), prepareCup());
  log('main', `together: ${water} + ${cup}`);
}
