import { type Async, type Awaitable, millis, mpsc, sleep, spawn } from 'async-lessons';
import { log, option, outcome, sent } from '../common.ts';

function* sentTimeout(sending: Awaitable<void>): Async<string> {
  const result = yield* outcome(sending);
  return sent('error' in result ? result.error : undefined);
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<number>(1);
  yield* tx.send(0);
  log('main', yield* sentTimeout(tx.sendTimeout(1, millis(10))));
  const r = spawn(
    (function* (): Async<void> {
      using receiver = rx;
      yield* sleep(millis(5));
      log('rx', `got ${option(yield* receiver.recv())}`);
      yield* sleep(millis(20));
      log('rx', 'dropping');
    })(),
  );
  log('main', yield* sentTimeout(tx.sendTimeout(2, millis(10))));
  log('main', yield* sentTimeout(tx.sendTimeout(3, millis(50))));
  yield* r;
}
