import { type Async, broadcast } from 'async-lessons';
import { errorText, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(2);
  for (let i = 0; i < 5; i++) tx.send(i);
  const other = rx.resubscribe();
  log('main', `rx ${rx.length} other ${other.length} receivers ${tx.receiverCount}`);
  tx.send(5);
  log('main', `other ${yield* other.recv()}`);
  const r = yield* outcome(rx.recv());
  log('main', `rx ${'value' in r ? r.value : errorText(r)}`);
  const third = rx.resubscribe();
  log('main', `rx ${yield* rx.recv()} ${yield* rx.recv()}`);
  tx[Symbol.dispose]();
  const fourth = third.resubscribe();
  for (const [name, receiver] of Object.entries({ rx, other, third, fourth })) {
    log(name, errorText(yield* outcome(receiver.recv())));
  }
}
