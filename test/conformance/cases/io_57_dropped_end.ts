import { type Async, duplex, millis, sleep, spawn, yieldNow } from 'async-lessons';
import { debug, failure, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(4);
  yield* a.writeAll('left');
  const [waiting, hears] = duplex(4);
  const stuck = spawn(
    (function* (): Async<void> {
      using end = b;
      log('b', yield* failure(end.writeAll('too much')));
      const buffer = new Uint8Array(3);
      for (let i = 0; i < 3; i++) log('b', debug(text(buffer.subarray(0, yield* end.read(buffer)))));
    })(),
  );
  const reading = spawn(
    (function* (): Async<void> {
      using end = hears;
      log('hears', `${yield* end.read(new Uint8Array(4))} bytes`);
    })(),
  );
  yield* yieldNow();
  yield* sleep(millis(10));
  log('main', 'drops both');
  a[Symbol.dispose]();
  waiting[Symbol.dispose]();
  log('main', 'dropped');
  yield* stuck;
  yield* reading;
}
