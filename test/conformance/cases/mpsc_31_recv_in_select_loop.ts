import { type Async, millis, mpsc, select, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  const p = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 6; i++) {
        yield* sleep(millis(7));
        yield* sender.send(i);
      }
    })(),
  );
  let ticks = 0;
  for (;;) {
    const winner = yield* select({ tick: sleep(millis(5)), v: rx.recv() }, { biased: true });
    if (winner.branch === 'tick') ticks += 1;
    else if (winner.value !== undefined) log('main', `got ${winner.value} (ticks ${ticks})`);
    else break;
  }
  log('main', `closed (ticks ${ticks})`);
  yield* p;
}
