import { type Async, millis, Notify, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const waiter = (name: string) =>
    spawn(
      (function* (): Async<void> {
        yield* n.notified();
        log(name, 'notified');
      })(),
    );
  const a = waiter('A');
  const b = waiter('B');
  yield* yieldNow();
  n.notifyOne();
  a.abort();
  log('main', 'notified A and aborted it');
  yield* sleep(millis(10));
  log('main', `A finished=${a.isFinished()} B finished=${b.isFinished()}`);
}
