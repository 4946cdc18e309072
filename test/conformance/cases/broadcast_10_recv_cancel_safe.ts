import { type Async, broadcast, Elapsed, millis, sleep, spawn, timeout } from 'async-lessons';
import { log, outcome, recvError } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  spawn(
    (function* () {
      using sender = tx;
      for (let i = 0; i < 3; i++) {
        yield* sleep(millis(10));
        sender.send(i);
      }
    })(),
  );
  let idle = 0;
  for (;;) {
    const got = yield* outcome(timeout(millis(4), rx.recv()));
    if ('value' in got) {
      log('main', `got ${got.value} after ${idle} idle`);
    } else if (got.error instanceof Elapsed) {
      idle += 1;
    } else {
      log('main', recvError(got.error));
      break;
    }
  }
}
