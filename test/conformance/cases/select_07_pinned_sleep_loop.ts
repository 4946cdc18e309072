import { type Async, branch, millis, mpsc, ref, SendError, select, sleep, spawn } from 'async-lessons';
import { isSome, log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  spawn(
    (function* (sender): Async<void> {
      using tx = sender;
      for (let i = 0; i < 20; i++) {
        yield* sleep(millis(8));
        const r = yield* outcome(tx.send(i));
        if ('error' in r && r.error instanceof SendError) break;
      }
    })(tx),
  );
  using deadline = sleep(millis(30));
  for (;;) {
    const winner = yield* select(
      { deadline: ref(deadline), v: branch(rx.recv(), { matches: isSome }) },
      { biased: true },
    );
    if (winner.branch === 'deadline') {
      log('main', 'deadline');
      break;
    }
    log('main', `got ${winner.value}`);
  }
  let idle = 0;
  let got = 0;
  for (;;) {
    const winner = yield* select({ idle: sleep(millis(10)), r: rx.recv() }, { biased: true });
    if (winner.branch === 'idle') {
      idle += 1;
      break;
    }
    if (winner.value === undefined) break;
    got += 1;
  }
  log('main', `fresh sleep: got ${got} idle ${idle}`);
}
