import { type Async, broadcast } from 'async-lessons';
import { debug, log, outcome, received, recvError } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  const tx2 = tx.clone();
  tx.send(1);
  tx[Symbol.dispose]();
  tx2.send(2);
  tx2[Symbol.dispose]();
  log('main', received(yield* outcome(rx.recv())));
  log('main', received(yield* outcome(rx.recv())));
  const e = yield* outcome(rx.recv());
  if ('error' in e) log('main', `${recvError(e.error)} text=${debug((e.error as Error).message)}`);
  log('main', received(yield* outcome(rx.recv())));
}
