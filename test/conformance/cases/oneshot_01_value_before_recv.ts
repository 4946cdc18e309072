import { type Async, oneshot } from 'async-lessons';
import { debug, log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<number>();
  log('main', `Ok(${debug(tx.send(5))})`);
  const v = yield* traced('rx', rx);
  log('main', `Ok(${debug(v)})`);
}
