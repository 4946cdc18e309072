import { type Async, millis, oneshot, sleep, spawn } from 'async-lessons';
import { log, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<number>();
  const r = spawn(
    traced(
      'rx',
      (function* (receiver): Async<void> {
        using rx = receiver;
        const v = yield* rx;
        log('rx', `value ${v}`);
      })(rx),
    ),
  );
  yield* sleep(millis(10));
  tx.send(1);
  log('main', 'sent');
  yield* r;
}
