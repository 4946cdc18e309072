import { type Async, branch, interval, millis, mpsc, select, sleep } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(16);
  for (let i = 0; i < 3; i++) yield* tx.send(i);
  tx[Symbol.dispose]();
  using iv = interval(millis(20));
  let ticks = 0;
  for (;;) {
    const winner = yield* select({ t: branch(iv.tick(), { if: ticks < 5 }), v: rx.recv() }, { biased: true });
    if (winner.branch === 't') {
      ticks += 1;
      log('main', `tick ${winner.value}, busy 25 ms`);
      yield* sleep(millis(25));
      continue;
    }
    if (winner.value === undefined) break;
    log('main', `got ${winner.value}`);
  }
  log('main', 'end');
}
