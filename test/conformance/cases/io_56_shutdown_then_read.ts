import { type Async, duplex, spawn, yieldNow } from 'async-lessons';
import { debug, failure, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  yield* a.writeAll('last words');
  yield* a.shutdown();
  yield* a.shutdown();
  log('a', 'shut down twice');
  log('a', yield* failure(a.writeAll('more')));
  yield* a.writeAll('');
  log('a', 'wrote nothing');
  const buffer = new Uint8Array(64);
  log('b', debug(text(buffer.subarray(0, yield* b.read(buffer)))));
  log('b', `${yield* b.read(buffer)} bytes`);
  log('b', `${yield* b.read(buffer)} bytes`);
  const reading = spawn(
    (function* (): Async<void> {
      using end = a;
      const into = new Uint8Array(64);
      log('a', debug(text(into.subarray(0, yield* end.read(into)))));
    })(),
  );
  yield* yieldNow();
  yield* b.writeAll('reply');
  log('b', 'replied');
  yield* reading;
  log('b', yield* failure(b.writeAll('again')));
}
