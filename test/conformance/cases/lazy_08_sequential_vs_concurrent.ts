import { type Async, join, millis, sleep } from 'async-lessons';
import { log } from '../common.ts';

function* step(name: string, n: number): Async<number> {
  log(name, 'start');
  yield* sleep(millis(n));
  log(name, 'end');
  return n;
}

export function* main(): Async<void> {
  const a = step('a', 20);
  const b = step('b', 30);
  const ra = yield* a;
  const rb = yield* b;
  log('main', `sequential ${ra + rb}`);
  const [rc, rd] = yield* join(step('c', 20), step('d', 30));
  log('main', `joined ${rc + rd}`);
}
