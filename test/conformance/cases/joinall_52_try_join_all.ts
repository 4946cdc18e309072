import { type Async, millis, sleep, tryJoinAll } from 'async-lessons';
import { errorText, log, OnDrop, outcome } from '../common.ts';

function* part(name: string, takes: number, ok: boolean): Async<string> {
  using _g = new OnDrop(name);
  yield* sleep(millis(takes));
  log(name, `ends ok=${ok}`);
  if (!ok) throw new Error(name);
  return name;
}

export function* main(): Async<void> {
  const r = yield* outcome(
    tryJoinAll([
      part('A', 30, true),
      part('B', 10, true),
      part('C', 20, false),
      part('D', 20, false),
      part('E', 5, true),
    ]),
  );
  log('main', `error ${errorText(r)}`);
  log('main', (yield* tryJoinAll([part('F', 10, true), part('G', 5, true)])).join(' '));
  const none = tryJoinAll<Async<number>>([]);
  log('main', `${(yield* none).length}`);
}
