import { type Async, type Awaitable, millis, mpsc, SendError, sleep, spawn } from 'async-lessons';
import { debug, log, outcome } from '../common.ts';

function* sendError(sending: Awaitable<void>): Async<SendError> {
  const result = yield* outcome(sending);
  if ('error' in result && result.error instanceof SendError) return result.error;
  throw new Error(`not a SendError: ${JSON.stringify(result)}`);
}

export function* main(): Async<void> {
  const [tx, rx] = mpsc.channel<string>(1);
  yield* tx.send('buffered');
  const hs = ['A', 'B', 'C'].map((name) =>
    spawn(
      (function* (clone): Async<void> {
        using sender = clone;
        const e = yield* sendError(sender.send(`from-${name}`));
        log(name, `error ${debug(e.message)} carrying ${debug(e.value)}`);
      })(tx.clone()),
    ),
  );
  yield* sleep(millis(5));
  log('main', `closed before drop=${tx.isClosed()}`);
  rx[Symbol.dispose]();
  log('main', `closed=${tx.isClosed()}`);
  for (const h of hs) yield* h;
  const e = yield* sendError(tx.send('late'));
  log('main', `late send returned ${debug(e.value)}`);
}
