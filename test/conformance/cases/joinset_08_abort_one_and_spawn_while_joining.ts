import { type Async, JoinError, JoinSet, millis, sleep } from 'async-lessons';
import { log, outcome } from '../common.ts';

function* after(t: number, text: string): Async<string> {
  yield* sleep(millis(t));
  return text;
}

export function* main(): Async<void> {
  const set = new JoinSet<string>();
  const ah = set.spawn(after(50, 'never'));
  set.spawn(after(10, 'first'));
  let added = false;
  for (;;) {
    const r = yield* outcome(set.joinNext());
    if ('error' in r) log('main', `cancelled=${r.error instanceof JoinError && r.error.isCancelled()}`);
    else if (r.value === undefined) break;
    else log('main', `joined ${r.value.value}`);
    if (!added) {
      added = true;
      ah.abort();
      set.spawn(after(5, 'added'));
    }
  }
  log('main', 'end');
}
