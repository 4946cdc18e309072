import { type Async, branch, mpsc, Notify, ref, select, spawn, yieldNow } from 'async-lessons';
import { log, traced, unwrap, vec } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const h = spawn(
    traced(
      'task',
      (function* (): Async<number[]> {
        const seen: number[] = [];
        let notified = false;
        const note = n.notified();
        while (!(notified && seen.length === 3)) {
          const winner = yield* select(
            { note: branch(ref(note), { if: !notified }), message: rx.recv() },
            { biased: true },
          );
          if (winner.branch === 'note') notified = true;
          else seen.push(unwrap(winner.value));
        }
        return seen;
      })(),
    ),
  );
  yield* yieldNow();
  log('main', 'wakes four times');
  tx.send(1);
  tx.send(2);
  tx.send(3);
  n.notifyOne();
  const v = yield* h;
  log('main', `saw ${vec(v)}`);
}
