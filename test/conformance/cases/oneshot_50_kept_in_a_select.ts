import { type Async, millis, oneshot, ref, SendError, select, sleep, spawn } from 'async-lessons';
import { caught, debug, log } from '../common.ts';

export function* main(): Async<void> {
  {
    const [tx, rx] = oneshot.channel<string>();
    const h = spawn(
      (function* (): Async<void> {
        yield* sleep(millis(25));
        log('tx', `sends, ok=${caught(() => tx.send('value')) === undefined}`);
      })(),
    );
    for (;;) {
      const winner = yield* select({ v: ref(rx), time: sleep(millis(10)) }, { biased: true });
      if (winner.branch === 'v') {
        log('main', `Ok(${debug(winner.value)})`);
        break;
      }
      log('main', 'not yet');
    }
    yield* h;
  }
  const [tx, rx] = oneshot.channel<string>();
  const { branch } = yield* select({ received: rx, 'gave up': sleep(millis(10)) }, { biased: true });
  log('main', branch);
  const closed = tx.isClosed();
  const error = caught(() => tx.send('too late'));
  log('main', `closed ${closed} send ${error instanceof SendError ? `Err(${debug(error.value)})` : 'Ok(())'}`);
}
