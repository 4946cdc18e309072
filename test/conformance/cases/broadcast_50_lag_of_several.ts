import { type Async, broadcast, LaggedError, millis, RecvError, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  const reader = (name: string, pause: number) => {
    const resubscribed = rx.resubscribe();
    return spawn(
      (function* (): Async<void> {
        using rx = resubscribed;
        for (;;) {
          try {
            log(name, `${yield* rx.recv()}`);
          } catch (error) {
            if (error instanceof RecvError) break;
            if (!(error instanceof LaggedError)) throw error;
            log(name, `lagged ${error.skipped}`);
          }
          yield* sleep(millis(pause));
        }
        log(name, 'closed');
      })(),
    );
  };
  const hs = [reader('fast', 1), reader('middle', 3), reader('slow', 7)];
  rx[Symbol.dispose]();
  for (let i = 0; i < 12; i++) {
    tx.send(i);
    yield* sleep(millis(1));
  }
  log('main', 'drops the sender');
  tx[Symbol.dispose]();
  for (const h of hs) yield* h;
}
