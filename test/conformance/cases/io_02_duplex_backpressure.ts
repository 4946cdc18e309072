import { type Async, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(4);
  const w = spawn(
    (function* (): Async<void> {
      using end = a;
      for (const part of ['abcd', 'efgh', 'ij']) {
        yield* end.writeAll(part);
        log('writer', `wrote ${part}`);
      }
    })(),
  );
  const buffer = new Uint8Array(3);
  for (;;) {
    yield* sleep(millis(10));
    const n = yield* b.read(buffer);
    if (n === 0) break;
    log('reader', debug(text(buffer.subarray(0, n))));
  }
  log('reader', 'eof');
  yield* w;
}
