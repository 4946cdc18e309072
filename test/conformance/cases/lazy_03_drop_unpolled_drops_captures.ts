import { type Async, dropFuture } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

export function* main(): Async<void> {
  const g = new OnDrop('captured');
  const f = (function* (): Async<void> {
    using _g = g;
    log('block', 'ran');
  })();
  log('main', 'created');
  dropFuture(f);
  log('main', 'end');
}
