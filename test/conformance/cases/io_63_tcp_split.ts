import { type Async, ReuniteError, TcpListener, TcpStream } from 'async-lessons';
import { caught, debug, log, text } from '../common.ts';

function* pair(listener: TcpListener): Async<[TcpStream, TcpStream]> {
  const client = yield* TcpStream.connect(String(listener.localAddress));
  return [client, (yield* listener.accept())[0]];
}

export function* main(): Async<void> {
  using listener = yield* TcpListener.bind('127.0.0.1:0');
  const [a, b] = yield* pair(listener);
  const [split, d] = yield* pair(listener);
  const buffer = new Uint8Array(64);

  const [read, write] = a.split();
  yield* write.writeAll('question');
  write[Symbol.dispose]();
  log('b', debug(yield* b.readToString()));
  yield* b.writeAll('answer');
  log('a', debug(text(buffer.subarray(0, yield* read.read(buffer)))));
  read[Symbol.dispose]();
  log('b', `${yield* b.read(buffer)} bytes`);

  const [readC, writeC] = split.split();
  const [e, f] = yield* pair(listener);
  const [readE, writeE] = e.split();
  const error = caught(() => readC.reunite(writeE));
  if (!(error instanceof ReuniteError)) throw error;
  log('main', error.message);
  const c = readC.reunite(writeC);
  yield* c.writeAll('whole');
  log('d', debug(text(buffer.subarray(0, yield* d.read(buffer)))));
  readE[Symbol.dispose]();
  yield* writeE.writeAll('still written');
  yield* writeE.shutdown();
  log('f', debug(yield* f.readToString()));
  writeE[Symbol.dispose]();
  c[Symbol.dispose]();
  log('d', `${yield* d.read(buffer)} bytes`);
}
