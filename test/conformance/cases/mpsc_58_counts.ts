import { type Async, mpsc } from 'async-lessons';
import { log, option, unwrap } from '../common.ts';

export function* main(): Async<void> {
  {
    const [tx, rx] = mpsc.channel<number>(4);
    const tx2 = tx.clone();
    const weak = tx.downgrade();
    log('main', `strong ${tx.strongCount} weak ${tx.weakCount}`);
    log('main', `rx says ${rx.senderStrongCount} ${rx.senderWeakCount}`);
    log('main', `same ${tx.sameChannel(tx2)}`);
    log('main', `other ${tx.sameChannel(mpsc.channel<number>(1)[0])}`);
    tx[Symbol.dispose]();
    const up = unwrap(weak.upgrade());
    log('main', `strong ${up.strongCount} same ${up.sameChannel(tx2)}`);
    up[Symbol.dispose]();
    tx2[Symbol.dispose]();
    weak[Symbol.dispose]();
    log('main', `rx says ${rx.senderStrongCount} ${rx.senderWeakCount}`);
  }
  const [tx, rx] = mpsc.unboundedChannel<number>();
  const weak = tx.downgrade();
  tx.send(1);
  tx.send(2);
  log('main', `len ${rx.length} empty ${rx.isEmpty()}`);
  tx[Symbol.dispose]();
  log('main', `upgrade ${weak.upgrade() !== undefined} closed ${rx.isClosed()}`);
  log('main', `${option(yield* rx.recv())} ${option(yield* rx.recv())} ${option(yield* rx.recv())}`);
  log('main', `len ${rx.length} empty ${rx.isEmpty()}`);
}
