import { type Async, millis, mpsc, pending, select, sleep, spawn } from 'async-lessons';
import { log, option } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  spawn(
    (function* (sender): Async<void> {
      using tx = sender;
      for (let i = 0; i < 3; i++) {
        yield* sleep(millis(10));
        yield* tx.send(i);
      }
      yield* pending();
    })(tx),
  );
  for (let i = 0; i < 4; i++) {
    const winner = yield* select({ v: rx.recv(), idle: sleep(millis(15)) });
    log('main', winner.branch === 'v' ? `got ${option(winner.value)}` : 'idle');
  }
}
