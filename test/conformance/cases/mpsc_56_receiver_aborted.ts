import { type Async, millis, mpsc, type SendError, secs, sleep, spawn } from 'async-lessons';
import { log, OnDrop, outcome } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<OnDrop>(2);
  const r = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      yield* sleep(secs(100));
      yield* receiver.recv();
    })(),
  );
  yield* tx.send(new OnDrop('v1'));
  yield* tx.send(new OnDrop('v2'));
  const sender = (name: string, value: string) => {
    const clone = tx.clone();
    return spawn(
      (function* (): Async<void> {
        using tx = clone;
        const r = yield* outcome(tx.send(new OnDrop(value)));
        // The error has the value, and goes with it at the end of the scope.
        using _back = 'error' in r ? ((r.error as SendError).value as OnDrop) : undefined;
        log(name, `ok=${'value' in r}`);
      })(),
    );
  };
  const hs = [sender('A', 'v3'), sender('B', 'v4')];
  yield* sleep(millis(5));
  r.abort();
  log('main', 'aborted the receiver');
  for (const h of hs) yield* h;
  tx[Symbol.dispose]();
  log('main', 'end');
}
