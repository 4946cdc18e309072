import { type Async, millis, Notify, sleep, spawn } from 'async-lessons';
import { log, outcome, readyNow, traced, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      traced(
        name,
        (function* (): Async<void> {
          yield* n.notified();
        })(),
      ),
    ),
  );
  yield* sleep(millis(5));
  n.notifyOne();
  n.notifyOne();
  unwrap(hs[0]).abort();
  unwrap(hs[1]).abort();
  log('main', 'aborted A and B');
  for (const h of hs) yield* outcome(h);
  log('main', `stored=${readyNow(n.notified())}`);
  log('main', `stored=${readyNow(n.notified())}`);
}
