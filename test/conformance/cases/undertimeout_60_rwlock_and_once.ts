import { type Async, millis, OnceCell, RwLock, sleep, timeout } from 'async-lessons';
import { isOk, log, option, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const l = new RwLock(0);
  const g = yield* l.write();
  for (let i = 0; i < 3; i++) {
    const read = timedOut(yield* outcome(timeout(millis(5), l.read())));
    const write = timedOut(yield* outcome(timeout(millis(5), l.write())));
    log('main', `${i}: read timed out=${read} write timed out=${write}`);
  }
  g[Symbol.dispose]();
  log('main', `try_write=${isOk(l.tryWrite())}`);
  const c = new OnceCell<number>();
  const one = function* (): Async<number> {
    yield* sleep(millis(10));
    return 1;
  };
  const slow = yield* outcome(timeout(millis(5), c.getOrInit(one)));
  log('main', `timed out=${timedOut(slow)} ${option(c.get())}`);
  const two = function* (): Async<number> {
    return 2;
  };
  log('main', `${yield* c.getOrInit(two)}`);
}
