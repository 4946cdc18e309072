import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(2);
  const show = (what: string) => log('main', `${what}: ${tx.capacity} of ${tx.maxCapacity}`);
  show('start');
  const permit = yield* tx.reserve();
  show('one reserved');
  yield* tx.send(1);
  show('one sent');
  const clone = tx.clone();
  const h = spawn(
    (function* (): Async<void> {
      using tx = clone;
      yield* tx.send(2);
    })(),
  );
  yield* yieldNow();
  show('one waits');
  permit[Symbol.dispose]();
  show('the permit went to the one that waits');
  yield* h;
  show('it has sent');
  yield* rx.recv();
  show('one received');
  yield* rx.recv();
  show('two received');
  rx.close();
  show('closed');
}
