import { type Async, watch } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, a] = watch.channel(0);
  const b = a.clone();
  tx.send(1);
  const c = a.clone();
  a.borrowAndUpdate();
  const state = () => log('main', `a ${a.hasChanged()} b ${b.hasChanged()} c ${c.hasChanged()}`);
  state();
  b.borrow();
  yield* c.changed();
  state();
  tx.send(2);
  tx.sendIfModified(() => false);
  yield* a.changed();
  state();
  yield* b.changed();
  log('main', `b sees ${b.borrow()}`);
  tx.sendIfModified((ref) => {
    ref.value += 1;
    return false;
  });
  state();
  log('main', `a has ${a.borrow()} though`);
  c[Symbol.dispose]();
  log('main', `receivers ${tx.receiverCount}`);
  a[Symbol.dispose]();
  b[Symbol.dispose]();
  log('main', `receivers ${tx.receiverCount}`);
}
