import { type Async, copy, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [source, from] = duplex(8);
  const [to, sink] = duplex(4);
  const copying = spawn(
    (function* (): Async<void> {
      using writer = to;
      using reader = from;
      const n = yield* copy(reader, writer);
      log('copy', `${n} bytes`);
      yield* writer.writeAll('!');
      log('copy', 'the writer is still open');
    })(),
  );
  const writing = spawn(
    (function* (): Async<void> {
      using end = source;
      for (const part of ['abcdefgh', 'ijklmnop', 'qrstuvwx']) {
        yield* end.writeAll(part);
        log('source', `wrote ${part}`);
      }
    })(),
  );
  const buffer = new Uint8Array(8);
  for (;;) {
    yield* sleep(millis(10));
    const n = yield* sink.read(buffer);
    if (n === 0) break;
    log('sink', debug(text(buffer.subarray(0, n))));
  }
  log('sink', 'eof');
  yield* copying;
  yield* writing;
}
