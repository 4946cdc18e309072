import { type Async, broadcast, millis, sleep, spawn } from 'async-lessons';
import { errorText, log, outcome, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = broadcast.channel<number>(4);
  const weak = tx.downgrade();
  log('main', `strong ${tx.strongCount} weak ${tx.weakCount}`);
  const up = unwrap(weak.upgrade());
  log('main', `strong ${tx.strongCount} weak ${tx.weakCount}`);
  tx[Symbol.dispose]();
  up.send(1);
  const h = spawn(
    (function* (): Async<void> {
      for (;;) {
        const r = yield* outcome(rx.recv());
        if ('error' in r) {
          log('rx', errorText(r));
          break;
        }
        log('rx', `${r.value}`);
      }
    })(),
  );
  yield* sleep(millis(5));
  up[Symbol.dispose]();
  log('main', 'the last sender is gone');
  log('main', `upgrade ${weak.upgrade() !== undefined}`);
  yield* h;
  log('main', `weak ${weak.weakCount} strong ${weak.strongCount}`);
}
