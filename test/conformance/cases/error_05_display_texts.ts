import { type Async, broadcast, Mutex, millis, mpsc, oneshot, pending, Semaphore, timeout, watch } from 'async-lessons';
import { caught, errorText, log, option, outcome } from '../common.ts';

// Differs: `tryLock` answers `undefined` where Rust's answers `TryLockError`, so there is no text.
export function* main(): Async<void> {
  log('elapsed', errorText(yield* outcome(timeout(millis(0), pending()))));
  {
    const [tx, rx] = mpsc.channel<number>(1);
    tx.trySend(1);
    log('try_send full', errorText(caught(() => tx.trySend(2))));
    log('send_timeout', errorText(yield* outcome(tx.sendTimeout(3, millis(0)))));
    rx[Symbol.dispose]();
    log('mpsc send', errorText(yield* outcome(tx.send(1))));
    log('try_send closed', errorText(caught(() => tx.trySend(1))));
  }
  {
    const [tx, rx] = mpsc.channel<number>(1);
    log('try_recv empty', errorText(caught(() => rx.tryRecv())));
    tx[Symbol.dispose]();
    log('try_recv disconnected', errorText(caught(() => rx.tryRecv())));
  }
  {
    const [tx, rx] = oneshot.channel<number>();
    log('oneshot try_recv empty', errorText(caught(() => rx.tryRecv())));
    tx[Symbol.dispose]();
    log('oneshot try_recv closed', errorText(caught(() => rx.tryRecv())));
  }
  {
    const [tx, rx] = oneshot.channel<number>();
    tx[Symbol.dispose]();
    log('oneshot recv', errorText(yield* outcome(rx)));
  }
  {
    const [tx, rx] = broadcast.channel<number>(1);
    log('broadcast empty', errorText(caught(() => rx.tryRecv())));
    tx.send(1);
    tx.send(2);
    log('broadcast lagged', errorText(yield* outcome(rx.recv())));
    yield* rx.recv();
    tx[Symbol.dispose]();
    log('broadcast closed', errorText(yield* outcome(rx.recv())));
  }
  {
    const [tx, rx] = watch.channel(0);
    tx[Symbol.dispose]();
    log('watch recv', errorText(yield* outcome(rx.changed())));
  }
  const s = new Semaphore(0);
  log('try_acquire', errorText(caught(() => s.tryAcquire())));
  s.close();
  log('acquire closed', errorText(yield* outcome(s.acquire())));
  log('try_acquire closed', errorText(caught(() => s.tryAcquire())));
  const m = new Mutex(0);
  using _g = yield* m.lock();
  log('try_lock', option(m.tryLock()));
}
