import { type Async, broadcast } from 'async-lessons';
import { caught, log, OnDrop } from '../common.ts';

// In Rust the messages are counted references (Arc): whoever has received one keeps it from being dropped.
export function* main(): Async<void> {
  const [tx, a] = broadcast.channel<OnDrop>(2);
  const b = tx.subscribe();
  tx.send(new OnDrop('one'));
  tx.send(new OnDrop('two'));
  log('main', 'one makes way');
  tx.send(new OnDrop('three'));
  log('main', `a lags ${caught(() => a.tryRecv()) !== undefined}`);
  const two = a.tryRecv();
  log('main', 'two makes way, but a has it');
  tx.send(new OnDrop('four'));
  log('main', 'a lets go of two');
  two[Symbol.dispose]();
  log('main', 'a goes');
  a[Symbol.dispose]();
  log('main', 'b takes three');
  log('main', `b lags ${caught(() => b.tryRecv()) !== undefined}`);
  const three = b.tryRecv();
  log('main', 'b goes');
  b[Symbol.dispose]();
  log('main', 'b lets go of three');
  three[Symbol.dispose]();
  const late = tx.subscribe();
  tx.send(new OnDrop('five'));
  log('main', 'the sender goes');
  tx[Symbol.dispose]();
  log('main', 'the receiver goes');
  late[Symbol.dispose]();
}
