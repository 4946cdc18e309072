import { type Async, Elapsed, millis, oneshot, select, sleep, spawn, timeout } from 'async-lessons';
import { caught, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<number>();
  const w = spawn(
    (function* (sender): Async<void> {
      using tx = sender;
      const winner = yield* select({ closed: tx.closed(), work: sleep(millis(100)) }, { biased: true });
      switch (winner.branch) {
        case 'closed':
          log('worker', 'receiver gone, giving up');
          break;
        case 'work':
          log('worker', 'computed');
          caught(() => tx.send(1));
      }
    })(tx),
  );
  const r = yield* outcome(timeout(millis(20), rx));
  log('main', `timed out=${'error' in r && r.error instanceof Elapsed}`);
  yield* w;
  log('main', 'end');
}
