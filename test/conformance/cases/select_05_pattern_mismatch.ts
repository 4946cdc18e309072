import { type Async, branch, millis, select, sleep } from 'async-lessons';
import { isSome, log } from '../common.ts';

function* a(): Async<number | undefined> {
  yield* sleep(millis(5));
  log('A', 'yields None');
  return undefined;
}

function* b(): Async<number> {
  yield* sleep(millis(10));
  log('B', 'yields 7');
  return 7;
}

export function* main(): Async<void> {
  const { value } = yield* select({ a: branch(a(), { matches: isSome }), b: b() }, { biased: true });
  log('main', `${value}`);
}
