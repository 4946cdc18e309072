/** @module */
import { RESPONSE, Requests, report } from './shared.js';

const built = process.env.BENCH_RUNTIME ?? new URL('../../dist/runtime/index.js', import.meta.url).href;
const { Runtime, spawn, TcpListener } = await import(built);

function* serve(stream) {
  const requests = new Requests();
  const buffer = new Uint8Array(1024);
  try {
    for (;;) {
      const length = yield* stream.read(buffer);
      if (length === 0) return;
      for (let left = requests.ended(buffer, length); left > 0; left--) yield* stream.writeAll(RESPONSE);
    }
  } catch {
    // The visitor hung up.
  } finally {
    stream[Symbol.dispose]();
  }
}

function* main() {
  const listener = yield* TcpListener.bind('127.0.0.1:0');
  report(listener.localAddress.port);
  for (;;) {
    const [stream] = yield* listener.accept();
    spawn(serve(stream));
  }
}

await new Runtime().blockOn(main());
