import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { caught, log, sent, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  const permit = yield* tx.reserve();
  const hs = ['A', 'B'].map((name) => {
    const clone = tx.clone();
    return spawn(
      traced(
        name,
        (function* (): Async<void> {
          using tx = clone;
          yield* tx.send(name);
        })(),
      ),
    );
  });
  yield* sleep(millis(5));
  log('main', `rx empty=${caught(() => rx.tryRecv()) !== undefined}`);
  permit[Symbol.dispose]();
  log('main', `try_send ${sent(caught(() => tx.trySend('barging')))}`);
  yield* sleep(millis(5));
  log('rx', `${yield* rx.recv()}`);
  log('rx', `${yield* rx.recv()}`);
  for (const h of hs) yield* h;
  log('main', `capacity ${tx.capacity}`);
}
