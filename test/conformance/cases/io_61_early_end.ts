import { type Async, BufReader, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, failure, log, text } from '../common.ts';

export function* main(): Async<void> {
  {
    const [a, b] = duplex(64);
    spawn(
      (function* (): Async<void> {
        using end = a;
        yield* end.writeAll('12345');
        yield* sleep(millis(5));
        yield* end.writeAll('67');
        yield* sleep(millis(5));
        log('writer', 'shuts down');
        yield* end.shutdown();
      })(),
    );
    const buffer = new Uint8Array(6);
    const n = yield* b.readExact(buffer);
    log('main', `${n} ${text(buffer.subarray(0, n))}`);
    log('main', yield* failure(b.readExact(buffer)));
    log('main', `${yield* b.read(buffer)} ${yield* b.read(buffer)}`);
  }
  const [a, b] = duplex(64);
  yield* a.writeAll('one\r\ntwo\n\nhalf');
  a[Symbol.dispose]();
  using lines = new BufReader(b).lines();
  for (let line = yield* lines.nextLine(); line !== undefined; line = yield* lines.nextLine()) {
    log('main', debug(line));
  }
  log('main', `end ${(yield* lines.nextLine()) === undefined}`);
}
