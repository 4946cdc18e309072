import { type Async, oneshot, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [txMain, rxMain] = oneshot.channel<void>();
  const [txB, rxB] = oneshot.channel<void>();
  const b = spawn(
    (function* (): Async<void> {
      yield* rxB;
      log('B', 'woken');
      spawn(
        (function* (): Async<void> {
          log('B-child', 'ran');
        })(),
      );
    })(),
  );
  const a = spawn(
    (function* (): Async<void> {
      log('A', 'wakes main');
      txMain.send();
      log('A', 'wakes B');
      txB.send();
    })(),
  );
  yield* rxMain;
  log('main', 'woken');
  yield* a;
  yield* b;
  log('main', 'end');
}
