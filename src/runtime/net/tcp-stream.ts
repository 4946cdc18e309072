/**
 * A stream over the network.
 *
 * @module
 */
import type { Future } from '../future.ts';
import { ByteStream } from '../io/byte-stream.ts';
import type { SocketAddress } from './address.ts';
import { Connection } from './connection.ts';

/**
 * One end of a TCP connection. Disposing it closes it.
 *
 * Reading and writing may go on in two tasks at once; `split` gives each task its half.
 *
 * @example
 * ```ts
 * using listener = yield* TcpListener.bind('127.0.0.1:0');
 * using client = yield* TcpStream.connect(String(listener.localAddress));
 * const [visitor] = yield* listener.accept();
 *
 * using server = visitor;
 * yield* server.writeAll('hello');
 *
 * const buffer = new Uint8Array(1024);
 * const length = yield* client.read(buffer);
 * new TextDecoder().decode(buffer.subarray(0, length)); // => 'hello'
 * ```
 */
export class TcpStream extends ByteStream {
  readonly #connection: Connection;

  /** @internal */
  constructor(connection: Connection) {
    super(connection);
    this.#connection = connection;
  }

  /**
   * Connects to an address, for example `127.0.0.1:8080`.
   *
   * **Cancel safety:** nothing is lost; the attempt is given up.
   *
   * @throws {IoError} if nobody answers there (`ECONNREFUSED`, `ETIMEDOUT`).
   * @throws {InvalidOptionError} if it is not an address.
   */
  static connect(address: string): Future<TcpStream> {
    return Connection.to(address, (connection) => new TcpStream(connection));
  }

  /** Our end. Known also after the stream was closed or split. */
  get localAddress(): SocketAddress {
    return this.#connection.localAddress;
  }

  /** The other end. Known also after the stream was closed or split. */
  get peerAddress(): SocketAddress {
    return this.#connection.peerAddress;
  }

  protected override whole(): this {
    return new TcpStream(this.#connection) as this;
  }
}
