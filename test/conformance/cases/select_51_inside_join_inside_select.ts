import { type Async, join, millis, Notify, select, sleep } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const left = (function* (): Async<void> {
    const { branch } = yield* select(
      { notified: traced('left-a', n.notified()), slept: traced('left-b', sleep(millis(100))) },
      { biased: true },
    );
    log('left', branch);
  })();
  const right = (function* (): Async<void> {
    yield* sleep(millis(5));
    n.notifyOne();
    yield* n.notified();
    yield* n.notified();
  })();
  const { branch } = yield* select(
    { joined: join(traced('left', left), traced('right', right)), timer: traced('timer', sleep(millis(10))) },
    { biased: true },
  );
  log('main', branch);
  log('main', 'end');
}
