import { type Async, BufReader, duplex } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  yield* a.writeAll('a,bc,,d');
  a[Symbol.dispose]();
  const reader = new BufReader(b, { capacity: 3 });
  const comma = ','.charCodeAt(0);
  // Tokio fills a buffer and answers a count of 0 at the end; ours answers `undefined` there.
  function* show(): Async<void> {
    const part = (yield* reader.readUntil(comma)) ?? new Uint8Array(0);
    log('reader', `${part.length} bytes ${debug(text(part))}`);
  }
  for (let i = 0; i < 2; i++) yield* show();
  const buffer = new Uint8Array(8);
  const n = yield* reader.read(buffer.subarray(0, 1));
  log('reader', `read ${n} bytes ${debug(text(buffer.subarray(0, n)))}`);
  for (let i = 0; i < 2; i++) yield* show();
}
