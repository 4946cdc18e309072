import { type Async, broadcast, SendError } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

// Differs: JavaScript has no Clone, so the receivers share a value. The channel drops what nobody
// has received; what somebody has received, as v1 and v2 here, is the receivers' to drop.
export function* main(): Async<void> {
  const [tx, a] = broadcast.channel<OnDrop>(2);
  const b = tx.subscribe();
  const send = (name: string) => {
    try {
      tx.send(new OnDrop(name));
    } catch (error) {
      if (!(error instanceof SendError)) throw error;
      (error.value as OnDrop)[Symbol.dispose]();
    }
    log('main', `sent ${name}`);
  };
  send('v1');
  send('v2');
  yield* a.recv();
  log('main', 'a has read v1');
  yield* b.recv();
  log('main', 'b has read v1');
  b[Symbol.dispose]();
  log('main', 'b is gone');
  yield* a.recv();
  log('main', 'a has read v2');
  send('v3');
  send('v4');
  send('v5');
  a[Symbol.dispose]();
  log('main', 'a is gone');
  send('v6');
  const late = tx.subscribe();
  send('v7');
  tx[Symbol.dispose]();
  log('main', 'the sender is gone');
  late[Symbol.dispose]();
  log('main', 'end');
}
