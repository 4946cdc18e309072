import { type Async, copy, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [source, sourceEnd] = duplex(4);
  const [sinkEnd, sink] = duplex(3);
  const c = spawn(
    (function* (): Async<void> {
      using from = sourceEnd;
      using to = sinkEnd;
      log('copy', `${yield* copy(from, to)} bytes`);
    })(),
  );
  const w = spawn(
    (function* (): Async<void> {
      using end = source;
      for (const part of ['abcd', 'ef', 'ghijkl']) {
        yield* end.writeAll(part);
        log('writer', `wrote ${part}`);
      }
    })(),
  );
  const buffer = new Uint8Array(8);
  for (;;) {
    yield* sleep(millis(10));
    const n = yield* sink.read(buffer);
    log('reader', debug(text(buffer.subarray(0, n))));
    if (n === 0) break;
  }
  yield* w;
  yield* c;
}
