import { type Async, copyBidirectional, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, log } from '../common.ts';

export function* main(): Async<void> {
  const [client, left] = duplex(16);
  const [right, server] = duplex(16);
  const proxy = spawn(
    (function* (): Async<void> {
      using a = left;
      using b = right;
      const [there, back] = yield* copyBidirectional(a, b);
      log('proxy', `(${there}, ${back})`);
    })(),
  );
  const serving = spawn(
    (function* (): Async<void> {
      using end = server;
      log('server', `heard ${debug(yield* end.readToString())}`);
      yield* sleep(millis(5));
      yield* end.writeAll('42');
      yield* sleep(millis(5));
      yield* end.shutdown();
      log('server', 'shut down');
    })(),
  );
  yield* client.writeAll('the question');
  yield* sleep(millis(5));
  yield* client.shutdown();
  log('client', 'shut down');
  const answer = yield* client.readToString();
  log('client', `heard ${answer.length} bytes ${debug(answer)}`);
  yield* proxy;
  yield* serving;
}
