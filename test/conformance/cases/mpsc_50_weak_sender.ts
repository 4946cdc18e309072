import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, unwrap } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(2);
  const weak = tx.downgrade();
  const h = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) log('rx', v);
      log('rx', 'end');
    })(),
  );
  {
    using up = unwrap(weak.upgrade());
    yield* up.send('by the upgraded');
  }
  yield* sleep(millis(5));
  yield* tx.send('by the first');
  const up = unwrap(weak.clone().upgrade());
  tx[Symbol.dispose]();
  yield* sleep(millis(5));
  log('main', 'drops the last');
  up[Symbol.dispose]();
  log('main', `upgrade ${weak.upgrade() !== undefined}`);
  yield* h;
  log('main', `upgrade ${weak.upgrade() !== undefined}`);
}
