import { type Async, oneshot, spawn } from 'async-lessons';
import { debug, joinError, log, panicText } from '../common.ts';

export function* main(): Async<void> {
  const e = yield* joinError(
    spawn(
      (function* (): Async<void> {
        const [tx, rx] = oneshot.channel<number>();
        tx.send(1);
        log('task', `Ok(${debug(yield* rx)})`);
        yield* rx;
      })(),
    ),
  );
  log('main', panicText(e));
}
