import { type Async, Elapsed, millis, mpsc, sleep, spawn, timeout } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 4; i++) {
        yield* sleep(millis(10));
        yield* sender.send(i);
      }
    })(),
  );
  let idle = 0;
  for (;;) {
    try {
      const v = yield* timeout(millis(4), rx.recv());
      if (v === undefined) break;
      log('main', `got ${v} after ${idle} idle rounds`);
      idle = 0;
    } catch (error) {
      if (!(error instanceof Elapsed)) throw error;
      idle += 1;
    }
  }
  log('main', `closed after ${idle} idle rounds`);
}
