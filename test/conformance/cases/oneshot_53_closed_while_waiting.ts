import { type Async, millis, oneshot, select, sleep, spawn, timeout } from 'async-lessons';
import { caught, log, outcome, pollOnce, timedOut, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<number>();
  {
    using c = tx.closed();
    log('main', `ready=${(yield* pollOnce(c)) !== 'pending'}`);
  }
  const h = spawn(
    traced(
      'worker',
      (function* (): Async<void> {
        using sender = tx;
        const { branch } = yield* select({ closed: sender.closed(), time: sleep(millis(50)) }, { biased: true });
        if (branch === 'closed') log('worker', 'nobody waits any more');
        else log('worker', `ok=${caught(() => sender.send(1)) === undefined}`);
      })(),
    ),
  );
  log('main', `timed out=${timedOut(yield* outcome(timeout(millis(20), rx)))}`);
  yield* h;
}
