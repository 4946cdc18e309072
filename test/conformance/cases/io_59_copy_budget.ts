import { type Async, copy, duplex, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [source, from] = duplex(4 << 20);
  const [to, sink] = duplex(4 << 20);
  yield* source.writeAll(new Uint8Array(8192 * 200).fill(7));
  source[Symbol.dispose]();
  const copying = spawn(
    (function* (): Async<void> {
      using writer = to;
      using reader = from;
      log('copy', `${yield* copy(reader, writer)} bytes`);
    })(),
  );
  const buffer = new Uint8Array(4 << 20);
  for (let n = yield* sink.read(buffer); n !== 0; n = yield* sink.read(buffer)) {
    log('sink', `${Math.floor(n / 8192)} blocks and ${n % 8192} bytes`);
  }
  yield* copying;
}
