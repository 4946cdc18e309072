import { type Async, branch, millis, mpsc, select, sleep, spawn } from 'async-lessons';
import { isSome, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx1, rx1] = mpsc.channel<string>(2);
  const [tx2, rx2] = mpsc.channel<string>(2);
  for (const [name, tx, p] of [
    ['x', tx1, 10],
    ['y', tx2, 15],
  ] as const) {
    spawn(
      (function* (sender): Async<void> {
        using tx = sender;
        for (let i = 0; i < 4; i++) {
          yield* sleep(millis(p));
          yield* tx.send(`${name}${i}`);
        }
        log(name, 'end');
      })(tx),
    );
  }
  for (;;) {
    const winner = yield* select(
      { x: branch(rx1.recv(), { matches: isSome }), y: branch(rx2.recv(), { matches: isSome }) },
      { biased: true, else: () => undefined },
    );
    if (winner.branch === 'else') break;
    log('main', winner.value);
  }
  log('main', 'end');
}
