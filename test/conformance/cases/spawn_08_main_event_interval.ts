import { type Async, oneshot, spawn } from 'async-lessons';
import { log, selfWake } from '../common.ts';

export function* main(): Async<void> {
  let polls = 0;
  const [tx, rx] = oneshot.channel<void>();
  const busy = spawn(
    (function* (): Async<void> {
      using sender = tx;
      for (let i = 0; i < 200; i++) {
        polls += 1;
        if (i === 9) {
          log('busy', `wakes main during busy poll ${i + 1}`);
          sender.send();
        }
        yield* selfWake();
      }
      log('busy', 'end');
    })(),
  );
  yield* rx;
  log('main', `resumed after ${polls} busy polls`);
  yield* busy;
  log('main', 'end');
}
