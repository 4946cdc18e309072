import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { type Async, fromPromise, spawnBlocking, transfer } from 'async-lessons';
import { joinError, log, panicText } from '../common.ts';

export function* main(): Async<void> {
  log('main', `${yield* spawnBlocking(() => 6 * 7)}`);
  const panics = spawnBlocking(() => {
    throw new Error('oh');
  });
  log('main', panicText(yield* joinError(panics)));
  // One channel to say that it has begun, and one to end it: it blocks until it gets the number.
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const { port1, port2 } = new MessageChannel();
  const hasBegun = once(port1, 'message');
  const h = spawnBlocking(
    (begun: MessagePort, sent: Int32Array) => {
      begun.postMessage('begun');
      Atomics.wait(sent, 0, 0);
      return Atomics.load(sent, 0);
    },
    transfer(port2, [port2]),
    sent,
  );
  yield* fromPromise(hasBegun);
  port1.close();
  h.abort();
  log('main', `aborted, finished ${h.isFinished()}`);
  Atomics.store(sent, 0, 5);
  Atomics.notify(sent, 0);
  log('main', `${yield* h}`);
}
