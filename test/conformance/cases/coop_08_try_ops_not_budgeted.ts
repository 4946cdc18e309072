import { type Async, Mutex, mpsc, Notify, spawn } from 'async-lessons';
import { log, traced, unwrap } from '../common.ts';

function increment(m: Mutex<number>): void {
  using g = unwrap(m.tryLock());
  g.value += 1;
}

export function* main(): Async<void> {
  const h = spawn(
    traced(
      'task',
      (function* (): Async<number> {
        const [tx, rx] = mpsc.unboundedChannel<number>();
        const [btx, brx] = mpsc.channel<number>(1);
        const m = new Mutex(0);
        const n = new Notify();
        for (let i = 0; i < 1000; i++) {
          tx.send(i);
          rx.tryRecv();
          btx.trySend(i);
          brx.tryRecv();
          increment(m);
          n.notifyOne();
        }
        using v = unwrap(m.tryLock());
        return v.value;
      })(),
    ),
  );
  log('main', `${yield* h}`);
}
