import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { type Async, type Awaitable, fromPromise, IoError, secs, TcpListener, TcpStream, timeout } from 'async-lessons';
import { onTestFinished } from 'vitest';
import { run } from './run.ts';

export const LOOPBACK = '127.0.0.1:0';

export const hasIPv6 = Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));

/** More than the system takes while nobody reads. */
export const TOO_MUCH = 16 * 1024 * 1024;

/** Runs a program on the real clock. One that hangs is told so long before vitest gives up. */
export function online<T>(main: () => Async<T>): Promise<T> {
  function* limited(): Async<T> {
    return yield* timeout(secs(3), main());
  }
  return run(limited, { clock: 'real' });
}

/** The two ends of a connection. */
export function* connected(): Async<[TcpStream, TcpStream]> {
  using listener = yield* TcpListener.bind(LOOPBACK);
  const client = yield* TcpStream.connect(String(listener.localAddress));
  const [server] = yield* listener.accept();
  return [client, server];
}

/** A stream whose other end is a plain socket of Node's: for a peer that misbehaves, or outlives the runtime. */
export function* visited(): Async<{ readonly stream: TcpStream; readonly peer: Socket }> {
  using listener = yield* TcpListener.bind(LOOPBACK);
  const peer = visit(listener);
  const [stream] = yield* listener.accept();
  return { stream, peer };
}

/** A plain socket of Node's that connects to a listener. */
export function visit(listener: TcpListener): Socket {
  const peer = connect(listener.localAddress.port, listener.localAddress.host);
  peer.on('error', () => {});
  onTestFinished(() => void peer.destroy());
  return peer;
}

/** A plain server of Node's, which hears everybody out and says nothing. */
export async function plainServer(): Promise<{ readonly address: string; readonly visitors: Socket[] }> {
  const visitors: Socket[] = [];
  const server: Server = createServer((socket) => visitors.push(socket.on('error', () => {}).resume()));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const visitor of visitors) visitor.destroy();
  });
  return { address: `127.0.0.1:${(server.address() as { port: number }).port}`, visitors };
}

/** An address at which nobody listens. */
export function* freeAddress(): Async<string> {
  using listener = yield* TcpListener.bind(LOOPBACK);
  return String(listener.localAddress);
}

/** Time enough for the system to bring what is under way. It only makes a test sharper, never red. */
export function* aMoment(): Async<void> {
  yield* fromPromise(new Promise((resolve) => setTimeout(resolve, 20)));
}

/** One read, as text. */
export function* readText(stream: TcpStream, size = 1024): Async<string> {
  const buffer = new Uint8Array(size);
  const length = yield* stream.read(buffer);
  return new TextDecoder().decode(buffer.subarray(0, length));
}

/** Everything up to the end, as text. */
export function* readToEnd(stream: TcpStream): Async<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(65_536);
  let text = '';
  for (;;) {
    const length = yield* stream.read(buffer);
    if (length === 0) return text;
    text += decoder.decode(buffer.subarray(0, length), { stream: true });
  }
}

/** The code of the IoError with which it fails, or its value. */
export function* outcomeOf<T>(work: Awaitable<T>): Async<T | string> {
  try {
    return yield* work;
  } catch (error) {
    if (error instanceof IoError) return error.code;
    throw error;
  }
}
