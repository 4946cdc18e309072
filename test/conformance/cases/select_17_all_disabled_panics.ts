import { type Async, branch, millis, mpsc, select, sleep, spawn } from 'async-lessons';
import { isSome, joinError, log, panicText } from '../common.ts';

export function* main(): Async<void> {
  const e = yield* joinError(
    spawn(
      (function* (): Async<void> {
        const [tx, rx] = mpsc.channel<number>(1);
        tx[Symbol.dispose]();
        const winner = yield* select(
          { v: branch(rx.recv(), { matches: isSome }), no: branch(sleep(millis(1)), { if: false }) },
          { biased: true },
        );
        log('task', winner.branch === 'v' ? `${winner.value}` : 'no');
      })(),
    ),
  );
  log('main', panicText(e));
}
