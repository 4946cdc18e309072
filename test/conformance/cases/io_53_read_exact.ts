import { type Async, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, failure, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  const reader = spawn(
    (function* (): Async<void> {
      using end = b;
      const buffer = new Uint8Array(4);
      const n = yield* end.readExact(buffer);
      log('reader', `${n} bytes ${debug(text(buffer))}`);
      log('reader', `${yield* end.readExact(buffer.subarray(0, 0))} bytes`);
      log('reader', yield* failure(end.readExact(buffer)));
      log('reader', `buffer ${debug(text(buffer))}`);
    })(),
  );
  for (const part of ['t', 'ea', 'pot']) {
    yield* a.writeAll(part);
    log('writer', part);
    yield* sleep(millis(10));
  }
  a[Symbol.dispose]();
  log('writer', 'gone');
  yield* reader;
}
