import { type Async, millis, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

function* greet(who: string): Async<number> {
  log('greet', `hello ${who}`);
  yield* sleep(millis(100));
  log('greet', `goodbye ${who}`);
  return who.length;
}

export function* main(): Async<void> {
  const lazy = greet('lazy future');
  const task = spawn(greet('task'));
  log('main', 'both created');
  const a = yield* lazy;
  const b = yield* task;
  log('main', `${a} ${b}`);
}
