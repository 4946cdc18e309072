import { type Async, millis, Notify, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (): Async<void> {
        yield* n.notified();
        log(name, 'first');
        const r = yield* outcome(timeout(millis(10), n.notified()));
        log(name, `second ok=${!timedOut(r)}`);
      })(),
    ),
  );
  yield* sleep(millis(5));
  n.notifyWaiters();
  n.notifyOne();
  n.notifyOne();
  log('main', 'notified');
  for (const h of hs) yield* h;
}
