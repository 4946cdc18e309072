import { type Async, join, millis, Semaphore, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const s = new Semaphore(0);
  const two = (function* (): Async<void> {
    using _p = yield* traced('two', s.acquireMany(2));
    yield* sleep(millis(5));
    log('two', 'gives back');
  })();
  const one = (function* (): Async<void> {
    using _p = yield* traced('one', s.acquire());
    log('one', 'gives back');
  })();
  const three = (function* (): Async<void> {
    using _p = yield* traced('three', s.acquireMany(3));
    log('three', 'gives back');
  })();
  const h = spawn(
    traced(
      'task',
      (function* (): Async<void> {
        yield* join(two, one, three);
      })(),
    ),
  );
  yield* sleep(millis(5));
  s.addPermits(1);
  log('main', 'add 1');
  yield* sleep(millis(5));
  s.addPermits(2);
  log('main', 'add 2');
  yield* h;
  log('main', `available ${s.availablePermits}`);
}
