import { type Async, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  const h = spawn(
    (function* (): Async<void> {
      using end = b;
      const all = yield* end.readToEnd();
      log('reader', `${all.length} bytes ${debug(text(all))}`);
    })(),
  );
  yield* a.writeAll('hello ');
  log('writer', 'first part');
  yield* sleep(millis(5));
  yield* a.writeAll('world');
  log('writer', 'second part');
  yield* sleep(millis(5));
  yield* a.shutdown();
  log('writer', 'shut down');
  yield* h;
}
