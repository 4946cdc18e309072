import { type Async, Mutex } from 'async-lessons';
import { log } from '../common.ts';

function isFree(m: Mutex<number>): boolean {
  using guard = m.tryLock();
  return guard !== undefined;
}

function* plusOne(m: Mutex<number>): Async<number> {
  using guard = yield* m.lock();
  return guard.value + 1;
}

export function* main(): Async<void> {
  const m = new Mutex(0);
  // Where Rust drops a temporary guard by itself, at the end of its statement, we open a block.
  {
    using guard = yield* m.lock();
    guard.value += 1;
  }
  log('main', `free=${isFree(m)}`);
  const v = yield* plusOne(m);
  log('main', `${v} free=${isFree(m)}`);
  {
    using guard = yield* m.lock();
    log('main', `inside match on ${guard.value} free=${isFree(m)}`);
  }
  log('main', `after match free=${isFree(m)}`);
}
