import { type Async, duplex, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(1024);
  spawn(
    (function* (): Async<void> {
      for (let turn = 1; turn <= 6; turn++) {
        log('other', `turn ${turn}`);
        yield* yieldNow();
      }
    })(),
  );
  const h = spawn(
    (function* (): Async<void> {
      using writer = a;
      using reader = b;
      for (let i = 1; i <= 200; i++) {
        yield* writer.writeAll('x');
        yield* writer.writeAll('');
        if (i % 100 === 0 || i === 128 || i === 129) log('writer', `wrote ${i}`);
      }
      const buffer = new Uint8Array(1);
      for (let i = 1; i <= 200; i++) {
        yield* reader.readExact(buffer);
        yield* reader.readExact(buffer.subarray(0, 0));
        if ([56, 57, 184, 185, 200].includes(i)) log('reader', `read ${i}`);
      }
      yield* writer.shutdown();
      log('reader', `${yield* reader.read(buffer)} bytes`);
    })(),
  );
  yield* h;
}
