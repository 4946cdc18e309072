import { type Async, mpsc, secs, sleep, spawn } from 'async-lessons';
import { log, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(32);
  spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 1; i <= 5; i++) {
        if ('error' in (yield* outcome(sender.send(`Message ${i}`)))) {
          log('producer', 'receiver gone');
          return;
        }
        log('producer', `sent ${i}`);
        yield* sleep(secs(1));
      }
      log('producer', 'end');
    })(),
  );
  for (let m = yield* rx.recv(); m !== undefined; m = yield* rx.recv()) {
    log('main', `received ${m}`);
  }
  log('main', 'channel closed');
}
