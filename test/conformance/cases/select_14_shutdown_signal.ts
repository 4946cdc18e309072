import { type Async, branch, millis, mpsc, oneshot, ref, select, sleep, spawn } from 'async-lessons';
import { isSome, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(16);
  const [stop, stopped] = oneshot.channel<void>();
  const w = spawn(
    (function* (receiver, signal): Async<[number, number[]]> {
      using rx = receiver;
      using stopped = signal;
      let n = 0;
      for (;;) {
        const winner = yield* select(
          { stopped: ref(stopped), v: branch(rx.recv(), { matches: isSome }) },
          { biased: true },
        );
        if (winner.branch === 'stopped') {
          log('worker', 'stopping');
          break;
        }
        n += 1;
        log('worker', `job ${winner.value}`);
        yield* sleep(millis(10));
      }
      rx.close();
      const left: number[] = [];
      for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) left.push(v);
      return [n, left];
    })(rx, stopped),
  );
  for (let i = 0; i < 6; i++) yield* tx.send(i);
  yield* sleep(millis(25));
  log('main', 'signal');
  stop.send();
  const [n, left] = yield* w;
  log('main', `(${n}, [${left.join(', ')}])`);
}
