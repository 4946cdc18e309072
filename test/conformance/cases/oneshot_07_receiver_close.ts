import { type Async, oneshot, RecvError, SendError } from 'async-lessons';
import { caught, debug, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  {
    const [tx, rx] = oneshot.channel<number>();
    rx.close();
    const back = caught(() => tx.send(1));
    log('main', `send Err(${debug(back instanceof SendError && back.value)})`);
    const r = yield* outcome(rx);
    log('main', `${'error' in r && r.error instanceof RecvError}`);
  }
  const [tx, rx] = oneshot.channel<number>();
  tx.send(2);
  rx.close();
  log('main', `Ok(${debug(yield* rx)})`);
}
