import { type Async, millis, Notify, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const n = new Notify();
  const q: number[] = [];
  const c = spawn(
    (function* (): Async<void> {
      let got = 0;
      while (got < 5) {
        const waiting = n.notified();
        const item = q.pop();
        if (item !== undefined) {
          got += 1;
          log('consumer', `item ${item}`);
        } else {
          log('consumer', 'empty, waiting');
          yield* waiting;
        }
      }
    })(),
  );
  for (let i = 0; i < 5; i++) {
    q.push(i);
    n.notifyOne();
    if (i % 2 === 1) yield* sleep(millis(10));
  }
  yield* c;
  log('main', 'end');
}
