import { type Async, BufReader, duplex, millis, select, sleep, spawn } from 'async-lessons';
import { debug, log } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(64);
  const writing = spawn(
    (function* (): Async<void> {
      using end = a;
      for (const part of ['on', 'e\nt', 'w', 'o\n']) {
        yield* end.writeAll(part);
        yield* sleep(millis(7));
      }
    })(),
  );
  const lines = new BufReader(b).lines();
  let ticks = 0;
  for (;;) {
    const next = yield* select({ line: lines.nextLine(), tick: sleep(millis(5)) }, { biased: true });
    if (next.branch === 'tick') ticks += 1;
    else if (next.value === undefined) break;
    else log('main', debug(next.value));
  }
  log('main', `eof after ${ticks} ticks`);
  yield* writing;
}
