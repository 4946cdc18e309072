import { type Async, advance, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const handles = [30, 10, 20, 50].map((d) =>
    spawn(
      (function* (): Async<void> {
        yield* sleep(millis(d));
        log('timer', `${d}`);
      })(),
    ),
  );
  yield* yieldNow();
  log('main', 'advance 40');
  yield* advance(millis(40));
  log('main', 'advance returned');
  yield* yieldNow();
  log('main', 'yielded');
  for (const handle of handles) yield* handle;
  log('main', 'end');
}
