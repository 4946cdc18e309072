import { type Async, BufReader, duplex, millis, select, sleep, spawn } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  {
    const [a, b] = duplex(64);
    spawn(
      (function* (): Async<void> {
        using end = a;
        for (const part of ['fir', 'st\nsec', 'ond\nthi', 'rd']) {
          yield* end.writeAll(part);
          log('writer', debug(part));
          yield* sleep(millis(10));
        }
      })(),
    );
    using lines = new BufReader(b).lines();
    for (;;) {
      const winner = yield* select({ line: lines.nextLine(), tick: sleep(millis(7)) }, { biased: true });
      if (winner.branch === 'tick') {
        log('main', 'tick');
        continue;
      }
      if (winner.value === undefined) break;
      log('main', `line ${debug(winner.value)}`);
    }
  }
  const [a, end] = duplex(64);
  yield* a.writeAll('a;b;;c');
  a[Symbol.dispose]();
  using b = new BufReader(end);
  for (;;) {
    // In Rust an empty part says that this is the end.
    const part = (yield* b.readUntil(';'.charCodeAt(0))) ?? new Uint8Array();
    log('main', `${part.length} ${debug(text(part))}`);
    if (part.length === 0) break;
  }
}
