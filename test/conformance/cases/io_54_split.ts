import { type Async, duplex, millis, sleep, spawn } from 'async-lessons';
import { debug, failure, log } from '../common.ts';

export function* main(): Async<void> {
  const [a, b] = duplex(4);
  const [reader, writer] = a.split();
  const reading = spawn(
    (function* (): Async<typeof reader> {
      log('reader', debug(yield* reader.readToString()));
      return reader;
    })(),
  );
  const writing = spawn(
    (function* (): Async<typeof writer> {
      for (const part of ['abc', 'def']) {
        yield* writer.writeAll(part);
        log('writer', `wrote ${part}`);
      }
      yield* writer.shutdown();
      log('writer', 'shut down');
      return writer;
    })(),
  );
  yield* sleep(millis(10));
  log('peer', debug(yield* b.readToString()));
  yield* b.writeAll('answer');
  log('peer', 'wrote answer');
  b[Symbol.dispose]();
  const whole = (yield* reading).reunite(yield* writing);
  log('main', debug((yield* failure(whole.writeAll('x'))).replace('BrokenPipe: ', '')));
  log('main', `${yield* whole.read(new Uint8Array(4))} bytes`);
}
