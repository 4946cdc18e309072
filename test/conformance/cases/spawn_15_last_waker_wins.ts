import { type Async, millis, oneshot, pending, sleep, spawn } from 'async-lessons';
import { caught, joinError, log, pollOnce, traced } from '../common.ts';

export function* main(): Async<void> {
  const [tx, rx] = oneshot.channel<number>();
  const [hand, take] = oneshot.channel<typeof rx>();
  const a = spawn(
    traced(
      'A',
      (function* (): Async<void> {
        const p = yield* pollOnce(rx);
        log('A', `polled the receiver, pending=${p === 'pending'}`);
        caught(() => hand.send(rx));
        yield* pending();
      })(),
    ),
  );
  const b = spawn(
    traced(
      'B',
      (function* (): Async<void> {
        const rx = yield* take;
        const v = yield* rx;
        log('B', `value ${v}`);
      })(),
    ),
  );
  yield* sleep(millis(5));
  log('main', 'send');
  tx.send(9);
  yield* b;
  a.abort();
  log('main', `abort A cancelled=${(yield* joinError(a)).isCancelled()}`);
}
