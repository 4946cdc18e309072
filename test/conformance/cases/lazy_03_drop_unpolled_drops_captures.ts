import { type Async, dropFuture } from 'async-lessons';
import { log, OnDrop } from '../common.ts';

// Differs: JavaScript does not know what a generator has captured, so dropping one that never ran
// runs nothing of it. Drop such a value where it is owned, with `using`, outside the generator.
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
