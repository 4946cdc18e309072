import { type Async, type JoinHandle, millis, Notify, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, timedOut } from '../common.ts';

function* waiter(name: string, limit: number, n: Notify): Async<void> {
  const r = yield* outcome(timeout(millis(limit), n.notified()));
  log(name, `ok=${!timedOut(r)}`);
}

function* notifier(n: Notify): Async<void> {
  yield* sleep(millis(10));
  log('notifier', 'notify_one');
  n.notifyOne();
}

function* round(n: Notify, notifierFirst: boolean): Async<void> {
  const hs: JoinHandle<void>[] = [];
  if (notifierFirst) hs.push(spawn(notifier(n)));
  hs.push(spawn(waiter('A', 10, n)));
  hs.push(spawn(waiter('B', 20, n)));
  if (!notifierFirst) hs.push(spawn(notifier(n)));
  for (const h of hs) yield* h;
}

export function* main(): Async<void> {
  const n = new Notify();
  log('main', "the notifier's timer is older");
  yield* round(n, true);
  log('main', "the timeout's timer is older");
  yield* round(n, false);
}
