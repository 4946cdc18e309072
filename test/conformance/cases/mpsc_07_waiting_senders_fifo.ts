import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  const hs = ['A', 'B', 'C', 'D'].map((name) =>
    spawn(
      (function* (clone): Async<void> {
        using sender = clone;
        log(name, 'send 1');
        yield* sender.send(name);
        log(name, 'send 2');
        yield* sender.send(name);
        log(name, 'end');
      })(tx.clone()),
    ),
  );
  tx[Symbol.dispose]();
  const r = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      yield* sleep(millis(5));
      for (let v = yield* receiver.recv(); v !== undefined; v = yield* receiver.recv()) {
        log('rx', `got ${v}`);
      }
      log('rx', 'closed');
    })(),
  );
  yield* r;
  for (const h of hs) yield* h;
}
