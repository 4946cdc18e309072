import assert from 'node:assert/strict';
import { type Async, mpsc, SendError } from 'async-lessons';
import { caught, debug, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.unboundedChannel<string>();
  log('main', `${caught(() => tx.send('a')) === undefined}`);
  rx[Symbol.dispose]();
  log('main', `closed=${tx.isClosed()}`);
  const error = caught(() => tx.send('b'));
  assert(error instanceof SendError);
  log('main', `error ${debug(error.message)} carrying ${debug(error.value)}`);
}
