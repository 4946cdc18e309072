import { type Async, duplex, millis, sleep, spawn } from 'async-lessons';
import { ioResult, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(8);
  yield* b.writeAll('bye');
  yield* a.writeAll('lost');
  const w = spawn(
    (function* (): Async<void> {
      using end = a;
      log('writer', ioResult(yield* outcome(end.writeAll('too much for it'))));
      const text = yield* end.readToString();
      log('writer', `read ${text.length}`);
      log('writer', text);
      log('writer', ioResult(yield* outcome(end.writeAll('x'))));
    })(),
  );
  yield* sleep(millis(5));
  log('main', 'drops its end');
  b[Symbol.dispose]();
  yield* w;
}
