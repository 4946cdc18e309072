import { type Async, broadcast } from 'async-lessons';
import { log, tryReceived } from '../common.ts';

export function* main(): Async<void> {
  const [tx, slow] = broadcast.channel<number>(4);
  const fast = tx.subscribe();
  const lengths = () => log('main', `tx ${tx.length} ${tx.isEmpty()} slow ${slow.length} fast ${fast.length}`);
  lengths();
  for (let i = 0; i < 3; i++) tx.send(i);
  while (!fast.isEmpty()) fast.tryRecv();
  lengths();
  slow.tryRecv();
  lengths();
  for (let i = 3; i < 9; i++) tx.send(i);
  lengths();
  log('main', `slow ${tryReceived(slow)}`);
  lengths();
  slow[Symbol.dispose]();
  log('main', `tx ${tx.length} ${tx.isEmpty()} fast ${fast.length}`);
  log('main', `fast ${tryReceived(fast)} ${tryReceived(fast)}`);
  log('main', `tx ${tx.length} ${tx.isEmpty()} fast ${fast.length}`);
  fast[Symbol.dispose]();
  log('main', `tx ${tx.length} ${tx.isEmpty()} receivers ${tx.receiverCount}`);
}
