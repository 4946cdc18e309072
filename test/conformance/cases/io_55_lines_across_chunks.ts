import { type Async, BufReader, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, ioError, log, option, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  const h = spawn(
    (function* (): Async<void> {
      using lines = new BufReader(b, { capacity: 5 }).lines();
      for (;;) {
        const line = yield* outcome(lines.nextLine());
        if ('error' in line) log('reader', ioError(line.error));
        else if (line.value !== undefined) log('reader', debug(line.value).replace('\ufeff', '\\u{feff}'));
        else break;
      }
      log('reader', 'eof');
      log('reader', option(yield* lines.nextLine()));
    })(),
  );
  const parts = [
    'tea \xe2\x98',
    '\x95 for two\r',
    '\n\r\r\n',
    'bad \xff line',
    '\nhalf \xe2\n',
    '\xef\xbb\xbfbom\n',
    'long line without end',
    '\n\n',
    'rest\r',
  ];
  for (const part of parts) {
    yield* a.writeAll(Uint8Array.from(part, (char) => char.charCodeAt(0)));
    log('writer', `${part.length} bytes`);
    yield* sleep(millis(10));
  }
  a[Symbol.dispose]();
  yield* h;
}
