import { type Async, millis, mpsc, Notify, secs, sleep, spawn } from 'async-lessons';
import { caught, log, OnDrop, sent, Then } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(4);
  const n = new Notify();
  spawn(
    (function* (): Async<void> {
      using _g = new Then(() => {
        log('A', `drop, send ${sent(caught(() => tx.trySend(1)))}`);
        n.notifyOne();
        const h = spawn(
          (function* (): Async<void> {
            using _g = new OnDrop('spawned');
            log('spawned', 'never');
          })(),
        );
        log('A', `spawned, finished ${h.isFinished()}`);
      });
      yield* sleep(secs(100));
    })(),
  );
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('B');
      using receiver = rx;
      yield* receiver.recv();
      log('B', 'never');
    })(),
  );
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('C');
      yield* n.notified();
      log('C', 'never');
    })(),
  );
  yield* sleep(millis(5));
  spawn(
    (function* (): Async<void> {
      using _g = new OnDrop('D');
      log('D', 'never');
    })(),
  );
  log('main', 'returns');
}
