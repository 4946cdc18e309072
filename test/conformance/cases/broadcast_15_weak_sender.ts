import { type Async, broadcast } from 'async-lessons';
import { log, outcome, received } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(2);
  const weak = tx.downgrade();
  const weak2 = weak.clone();
  log('main', `strong ${tx.strongCount} weak ${tx.weakCount}`);
  const strong = weak.upgrade();
  weak2[Symbol.dispose]();
  log('main', `strong ${tx.strongCount} weak ${tx.weakCount}`);
  tx[Symbol.dispose]();
  log('main', `send Ok(${strong?.send(1)})`);
  log('main', `closed ${rx.isClosed()}`);
  strong?.[Symbol.dispose]();
  log('main', `closed ${rx.isClosed()} upgrade ${weak.upgrade() === undefined}`);
  log('main', `${received(yield* outcome(rx.recv()))} ${received(yield* outcome(rx.recv()))}`);
  log('main', `strong ${weak.strongCount} weak ${weak.weakCount}`);
}
