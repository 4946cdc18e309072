import { type Async, branch, millis, mpsc, select, sleep, spawn } from 'async-lessons';
import { isSome, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  const [tx2, rx2] = mpsc.channel<number>(4);
  spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (const v of [1, 2, 3, 4]) {
        yield* sender.send(v);
        yield* sleep(millis(10));
      }
    })(),
  );
  spawn(
    (function* (): Async<void> {
      using sender = tx2;
      yield* sender.send(100);
      yield* sleep(millis(15));
      yield* sender.send(200);
    })(),
  );
  let rounds = 0;
  for (;;) {
    rounds += 1;
    const winner = yield* select(
      {
        first: branch(rx.recv(), { if: rounds !== 2, matches: isSome }),
        second: branch(rx2.recv(), { matches: isSome }),
      },
      { biased: true, else: () => undefined },
    );
    if (winner.branch === 'else') {
      log('main', `both are closed after ${rounds} rounds`);
      break;
    }
    log('main', `${winner.branch} ${winner.value}`);
  }
}
