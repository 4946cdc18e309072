import { type Async, JoinSet, millis, sleep, yieldNow } from 'async-lessons';
import { log, OnDrop, outcome, unwrap } from '../common.ts';

function* innerMember(n: string): Async<string> {
  using _g = new OnDrop(n);
  yield* sleep(millis(n === 'y1' ? 10 : 100));
  return n;
}

function* owner(name: string, inner: readonly string[]): Async<string> {
  using _g = new OnDrop(name);
  using set = new JoinSet<string>();
  for (const n of inner) set.spawn(innerMember(n));
  const first = unwrap(yield* set.joinNext()).value;
  log(name, `has ${first}`);
  return first;
}

export function* main(): Async<void> {
  using outer = new JoinSet<string>();
  outer.spawn(owner('X', ['x1', 'x2']));
  outer.spawn(owner('Y', ['y1', 'y2']));
  log('main', unwrap(yield* outer.joinNext()).value);
  outer.spawn(
    (function* (): Async<string> {
      log('Z', 'runs');
      return 'Z';
    })(),
  );
  outer.abortAll();
  log('main', 'aborted all');
  for (;;) {
    const r = yield* outcome(outer.joinNext());
    if ('value' in r && r.value === undefined) break;
    log('main', `ok=${'value' in r}`);
  }
  yield* yieldNow();
  log('main', 'end');
}
