import { type Async, broadcast } from 'async-lessons';
import { caught, errorText, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, a] = broadcast.channel<number>(2);
  const b = tx.subscribe();
  const show = (what: string) =>
    log('main', `${what}: tx ${tx.length} a ${a.length} b ${b.length} empty ${tx.isEmpty()} ${a.isEmpty()}`);
  show('start');
  tx.send(1);
  tx.send(2);
  show('two sent');
  yield* a.recv();
  yield* a.recv();
  show('a has read both');
  yield* b.recv();
  show('b has read one');
  for (let i = 3; i < 6; i++) tx.send(i);
  show('five sent');
  log('main', `a ${errorText(caught(() => a.tryRecv()))}`);
  show('a has been told');
  log('main', `b ${errorText(caught(() => b.tryRecv()))}`);
  show('b has been told');
  log('main', `a ${a.tryRecv()} b ${b.tryRecv()}`);
}
