import { type Async, BufReader, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  const h = spawn(
    (function* (): Async<void> {
      using lines = new BufReader(b).lines();
      for (let l = yield* lines.nextLine(); l !== undefined; l = yield* lines.nextLine()) {
        log('reader', debug(l));
      }
      log('reader', 'eof');
    })(),
  );
  for (const part of ['one\ntw', 'o\r\nthree\n\nfo', 'ur']) {
    yield* a.writeAll(part);
    log('writer', debug(part));
    yield* sleep(millis(10));
  }
  a[Symbol.dispose]();
  yield* h;
}
