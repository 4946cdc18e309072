import { type Async, broadcast, SendError } from 'async-lessons';
import { log, outcome, received, tryReceived } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx0] = broadcast.channel<number>(2);
  const send = (n: number) => {
    try {
      log('main', `send Ok(${tx.send(n)})`);
    } catch (error) {
      if (error instanceof SendError) log('main', `send Err(${error.value})`);
    }
  };
  rx0[Symbol.dispose]();
  send(1);
  const rx = tx.subscribe();
  send(2);
  log('main', `recv ${received(yield* outcome(rx.recv()))}`);
  const rx2 = rx.resubscribe();
  rx[Symbol.dispose]();
  log('main', `receivers ${tx.receiverCount}`);
  send(3);
  rx2[Symbol.dispose]();
  const rx3 = tx.subscribe();
  log('main', `try_recv ${tryReceived(rx3)}`);
  tx[Symbol.dispose]();
  const rx4 = rx3.resubscribe();
  log('main', `closed ${received(yield* outcome(rx3.recv()))} ${received(yield* outcome(rx4.recv()))}`);
}
