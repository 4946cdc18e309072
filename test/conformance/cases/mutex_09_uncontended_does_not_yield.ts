import { type Async, Mutex, spawn, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

function* runs(): Async<void> {
  log('task', 'ran');
}

export function* main(): Async<void> {
  spawn(runs());
  const m = new Mutex(0);
  for (let i = 0; i < 3; i++) {
    using g = yield* traced('lock', m.lock());
    g.value += 1;
  }
  // Where Rust takes the mutex apart with into_inner, we look into it with tryLock.
  log('main', `value ${m.tryLock()?.value}`);
  yield* yieldNow();
}
