import { type Async, Mutex, millis, sleep, spawn } from 'async-lessons';
import { log, outcome, traced, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const m = new Mutex<string[]>([]);
  const held = yield* m.lock();
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      traced(
        name,
        (function* (): Async<void> {
          using g = yield* m.lock();
          g.value.push(name);
          yield* sleep(millis(5));
        })(),
      ),
    ),
  );
  yield* sleep(millis(5));
  const b = unwrap(hs[1]);
  b.abort();
  b.abort();
  log('main', 'aborted B');
  held[Symbol.dispose]();
  for (const h of hs) log('main', `cancelled=${'error' in (yield* outcome(h))}`);
  b.abort();
  using g = yield* m.lock();
  log('main', g.value.join(' '));
}
