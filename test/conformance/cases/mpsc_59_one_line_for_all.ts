import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, outcome, sent } from '../common.ts';

function* sendTimeout(tx: mpsc.Sender<string>, name: string, limit: number): Async<void> {
  using t = tx;
  const r = yield* outcome(t.sendTimeout(`send_timeout-${limit}`, millis(limit)));
  log(name, sent('error' in r ? r.error : undefined));
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  yield* tx.send('first');
  spawn(sendTimeout(tx.clone(), 'A', 10));
  const b = tx.clone();
  spawn(
    (function* (): Async<void> {
      using t = b;
      const p = yield* t.reserve();
      log('B', 'reserved');
      yield* sleep(millis(5));
      p.send('reserve');
      log('B', 'sent');
    })(),
  );
  const c = tx.clone();
  spawn(
    (function* (): Async<void> {
      using t = c;
      const p = yield* t.reserve();
      log('C', 'reserved');
      p.send('reserve_owned');
    })(),
  );
  const d = tx.clone();
  spawn(
    (function* (): Async<void> {
      using t = d;
      const r = yield* outcome(t.send('send'));
      log('D', sent('error' in r ? r.error : undefined));
    })(),
  );
  spawn(sendTimeout(tx.clone(), 'E', 100));
  tx[Symbol.dispose]();
  yield* sleep(millis(20));
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) {
    log('rx', v);
    yield* sleep(millis(2));
  }
}
