import { type Async, duplex, spawn } from 'async-lessons';
import { debug, log, text, traced } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(3);
  const writing = spawn(
    traced(
      'writer',
      (function* (): Async<typeof a> {
        yield* a.writeAll('abcdefgh');
        log('writer', 'done');
        return a;
      })(),
    ),
  );
  const reading = spawn(
    traced(
      'reader',
      (function* (): Async<void> {
        using end = b;
        const buffer = new Uint8Array(2);
        for (let n = yield* end.read(buffer); n !== 0; n = yield* end.read(buffer)) {
          log('reader', debug(text(buffer.subarray(0, n))));
        }
      })(),
    ),
  );
  (yield* writing)[Symbol.dispose]();
  log('main', 'dropped');
  yield* reading;
}
