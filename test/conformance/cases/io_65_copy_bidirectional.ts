import { type Async, copyBidirectional, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log, text } from '../common.ts';

export function* main(): Async<void> {
  const [client, left] = duplex(16);
  const [right, server] = duplex(16);
  const p = spawn(
    (function* (): Async<void> {
      using a = left;
      using b = right;
      const [up, down] = yield* copyBidirectional(a, b);
      log('proxy', `${up} up ${down} down`);
    })(),
  );
  const s = spawn(
    (function* (): Async<void> {
      using end = server;
      log('server', `has ${debug(yield* end.readToString())}`);
      yield* sleep(millis(5));
      yield* end.writeAll('answer');
      yield* sleep(millis(5));
      log('server', 'ends');
    })(),
  );
  yield* client.writeAll('question');
  yield* sleep(millis(5));
  log('client', 'shuts down');
  yield* client.shutdown();
  const buffer = new Uint8Array(16);
  for (;;) {
    const n = yield* client.read(buffer);
    log('client', `has ${debug(text(buffer.subarray(0, n)))}`);
    if (n === 0) break;
  }
  yield* s;
  yield* p;
}
