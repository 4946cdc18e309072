import { type Async, Future, spawn, yieldNow } from 'async-lessons';
import { log, ready, traced } from '../common.ts';

class Ready extends Future<void> {
  override poll(): void {}
}

export function* main(): Async<void> {
  spawn(
    (function* (): Async<void> {
      log('task', 'ran');
    })(),
  );
  const one = (function* (): Async<number> {
    return 1;
  })();
  const v = yield* traced('ready', one);
  log('main', `got ${v}`);
  for (let i = 0; i < 3; i++) {
    yield* ready();
    yield* new Ready();
    log('main', `step ${i}`);
  }
  yield* yieldNow();
  log('main', 'end');
}
