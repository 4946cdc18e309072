import { type Async, oneshot, SendError } from 'async-lessons';
import { caught, errorText, log } from '../common.ts';

export function* main(): Async<void> {
  {
    const [tx, rx] = oneshot.channel<number>();
    log('main', errorText(caught(() => rx.tryRecv())));
    tx.send(1);
    log('main', `${rx.tryRecv()}`);
    log('main', errorText(caught(() => rx.tryRecv())));
  }
  {
    const [tx, rx] = oneshot.channel<number>();
    tx[Symbol.dispose]();
    log('main', errorText(caught(() => rx.tryRecv())));
  }
  {
    const [tx, rx] = oneshot.channel<number>();
    tx.send(2);
    rx.close();
    log('main', `${rx.tryRecv()}`);
  }
  const [tx, rx] = oneshot.channel<number>();
  rx.close();
  const error = caught(() => tx.send(3));
  log('main', `${tx.isClosed()} ${error instanceof SendError ? `Err(${error.value})` : 'Ok(())'}`);
  log('main', errorText(caught(() => rx.tryRecv())));
}
