import { type Async, millis, Notify, sleep, spawn } from 'async-lessons';
import { log, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const hs = ['A', 'B', 'C', 'D'].map((name) =>
    spawn(
      (function* (): Async<void> {
        yield* n.notified();
        log(name, 'notified');
      })(),
    ),
  );
  yield* sleep(millis(5));
  n.notifyLast();
  n.notifyOne();
  n.notifyLast();
  log('main', 'last, one, last');
  yield* sleep(millis(5));
  n.notifyLast();
  n.notifyLast();
  n.notifyOne();
  for (const h of hs) yield* h;
  log('main', `stored=${readyNow(n.notified())}`);
  log('main', `stored=${readyNow(n.notified())}`);
  n.notifyLast();
  log('main', `stored=${readyNow(n.notified())}`);
}
