import { type Async, Mutex, millis, mpsc, Notify, Semaphore, select, sleep, spawn } from 'async-lessons';
import { log, option, outcome, readyNow } from '../common.ts';

export function* main(): Async<void> {
  const [tx, receiver] = mpsc.channel<number>(4);
  const m = new Mutex(receiver);
  const s = new Semaphore(0);
  const n = new Notify();
  const hs = [
    spawn(
      (function* (): Async<void> {
        using rx = yield* m.lock();
        const winner = yield* select({ v: rx.value.recv(), timer: sleep(millis(100)) }, { biased: true });
        log('mpsc', winner.branch === 'v' ? option(winner.value) : winner.branch);
      })(),
    ),
    spawn(
      (function* (): Async<void> {
        const winner = yield* select({ acquired: s.acquire(), timer: sleep(millis(100)) }, { biased: true });
        log('semaphore', winner.branch);
      })(),
    ),
    spawn(
      (function* (): Async<void> {
        const winner = yield* select({ notified: n.notified(), timer: sleep(millis(100)) }, { biased: true });
        log('notify', winner.branch);
      })(),
    ),
  ];
  yield* sleep(millis(5));
  yield* tx.send(7);
  s.addPermits(1);
  n.notifyOne();
  for (const h of hs) h.abort();
  for (const h of hs) log('main', `cancelled ${'error' in (yield* outcome(h))}`);
  using rx = yield* m.lock();
  log('main', `received ${option(rx.value.tryRecv())}`);
  log('main', `permits ${s.availablePermits}`);
  log('main', `stored ${readyNow(n.notified())}`);
}
