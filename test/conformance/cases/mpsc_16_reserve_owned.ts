import { type Async, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  const p = yield* tx.reserve();
  const t = spawn(
    (function* (): Async<void> {
      using sender = tx;
      using first = p;
      yield* sleep(millis(10));
      first.send(1);
      log('task', `sent on permit, capacity ${sender.capacity}`);
      using second = yield* sender.reserve();
      log('task', 'second permit');
      second[Symbol.dispose]();
      log('task', `released, capacity ${sender.capacity}`);
    })(),
  );
  for (let v = yield* rx.recv(); v !== undefined; v = yield* rx.recv()) {
    log('main', `got ${v}`);
  }
  log('main', 'closed');
  yield* t;
}
