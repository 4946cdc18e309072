import { type Async, mpsc, type TryRecvError } from 'async-lessons';
import { caught, debug, log } from '../common.ts';

function received(rx: mpsc.Receiver<number>): string {
  try {
    return `Ok(${rx.tryRecv()})`;
  } catch (error) {
    return `Err(${why(error as TryRecvError)})`;
  }
}

function why(error: TryRecvError): string {
  return error.isEmpty() ? 'Empty' : 'Disconnected';
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  log('main', received(rx));
  yield* tx.send(1);
  yield* tx.send(2);
  log('main', received(rx));
  tx[Symbol.dispose]();
  log('main', received(rx));
  const e = caught(() => rx.tryRecv()) as TryRecvError;
  log('main', `${why(e)} text=${debug(e.message)}`);
}
