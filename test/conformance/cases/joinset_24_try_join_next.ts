import { type Async, JoinSet, yieldNow } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const set = new JoinSet<number>();
  log('main', `none=${set.tryJoinNext() === undefined}`);
  for (let i = 0; i < 200; i++) {
    set.spawn(
      (function* () {
        return i;
      })(),
    );
  }
  log('main', `none=${set.tryJoinNext() === undefined} len=${set.length}`);
  yield* yieldNow();
  let sum = 0;
  let last = -1;
  let inOrder = true;
  yield* traced(
    'main',
    (function* (): Async<void> {
      for (let r = set.tryJoinNext(); r !== undefined; r = set.tryJoinNext()) {
        inOrder &&= r.value === last + 1;
        last = r.value;
        sum += 1;
      }
    })(),
  );
  log('main', `sum=${sum} in_order=${inOrder} len=${set.length}`);
}
