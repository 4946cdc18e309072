import { type Async, mpsc, spawn, yieldNow } from 'async-lessons';
import { log, option } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  yield* tx.send('first');
  const handles = ['A', 'B'].map((name) =>
    spawn(
      (function* (sender): Async<void> {
        using tx = sender;
        yield* tx.send(name);
        log(name, 'sent');
      })(tx.clone()),
    ),
  );
  yield* yieldNow();
  log('main', `got ${option(yield* rx.recv())}`);
  log('main', `slot granted to A, capacity ${tx.capacity}`);
  handles[0]?.abort();
  tx[Symbol.dispose]();
  log('main', `got ${option(yield* rx.recv())}`);
  log('main', `got ${option(yield* rx.recv())}`);
}
