import { type Async, branch, mpsc, select } from 'async-lessons';
import { isSome, log } from '../common.ts';

export function* main(): Async<void> {
  const [tx1, rx1] = mpsc.channel<number>(4);
  const [tx2, rx2] = mpsc.channel<number>(4);
  yield* tx2.send(20);
  yield* tx2.send(21);
  yield* tx1.send(10);
  for (let i = 0; i < 3; i++) {
    const winner = yield* select(
      {
        first: branch(rx1.recv(), { matches: isSome }),
        second: branch(rx2.recv(), { matches: isSome }),
      },
      { biased: true },
    );
    log('main', `${winner.branch} ${winner.value}`);
  }
}
