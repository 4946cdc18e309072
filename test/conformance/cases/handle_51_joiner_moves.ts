import { type Async, type JoinHandle, millis, oneshot, sleep, spawn } from 'async-lessons';
import { log, pollOnce, traced } from '../common.ts';

export function* main(): Async<void> {
  const target = spawn(
    (function* (): Async<string> {
      yield* sleep(millis(20));
      return 'value';
    })(),
  );
  const [tx, rx] = oneshot.channel<JoinHandle<string>>();
  const a = spawn(
    traced(
      'A',
      (function* (): Async<void> {
        log('A', `ready=${(yield* pollOnce(target)) !== 'pending'}`);
        tx.send(target);
        yield* sleep(millis(50));
      })(),
    ),
  );
  const b = spawn(
    traced(
      'B',
      (function* (): Async<void> {
        const target = yield* rx;
        log('B', yield* target);
      })(),
    ),
  );
  yield* a;
  yield* b;
}
