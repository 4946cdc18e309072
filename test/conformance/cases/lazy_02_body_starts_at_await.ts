import { type Async, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

function arg(n: number): number {
  log('arg', `evaluated ${n}`);
  return n;
}

function* work(n: number): Async<number> {
  log('work', `start ${n}`);
  return n * 2;
}

export function* main(): Async<void> {
  const f = work(arg(21));
  log('main', 'created');
  yield* sleep(millis(10));
  log('main', 'awaiting');
  const v = yield* f;
  log('main', `value ${v}`);
}
