import { type Async, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

function* l1(): Async<number> {
  log('l1', 'enter');
  const v = (yield* l2()) + 1;
  log('l1', 'leave');
  return v;
}

function* l2(): Async<number> {
  log('l2', 'enter');
  const v = (yield* l3()) + 1;
  log('l2', 'leave');
  return v;
}

function* l3(): Async<number> {
  log('l3', 'leaf');
  return 1;
}

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      log('task', 'ran');
    })(),
  );
  const v = yield* l1();
  log('main', `value ${v}`);
  yield* yieldNow();
  log('main', 'end');
}
