import { type Async, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, ioResult, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(16);
  const h = spawn(
    (function* (): Async<void> {
      using end = b;
      const text = yield* end.readToString();
      log('b', `has ${debug(text)}`);
      yield* end.writeAll(text.toUpperCase());
      yield* sleep(millis(5));
      yield* end.writeAll('!');
      log('b', 'ends');
    })(),
  );
  yield* a.writeAll('hello');
  yield* a.shutdown();
  log('a', `write ${ioResult(yield* outcome(a.writeAll('x')))}`);
  log('a', `has ${debug(yield* a.readToString())}`);
  yield* h;
}
