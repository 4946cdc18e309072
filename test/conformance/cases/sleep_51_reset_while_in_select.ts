import { type Async, branch, millis, mpsc, now, ref, select, sleep, spawn } from 'async-lessons';
import { isSome, log, outcome, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(8);
  spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (const [i, pause] of [5, 8, 3, 9, 20].entries()) {
        yield* sleep(millis(pause));
        if ('error' in (yield* outcome(sender.send(i)))) {
          log('producer', `${i} is refused`);
          break;
        }
      }
    })(),
  );
  using wake = sleep(millis(10));
  for (;;) {
    const winner = yield* select(
      { v: branch(rx.recv(), { matches: isSome }), wake: traced('wake', ref(wake)) },
      { biased: true },
    );
    if (winner.branch === 'wake') {
      log('main', 'idle for 10');
      break;
    }
    log('main', `got ${winner.value}`);
    wake.reset(now() + millis(10));
  }
  rx[Symbol.dispose]();
  yield* sleep(millis(30));
}
