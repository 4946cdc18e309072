/**
 * Waiting for visitors.
 *
 * @module
 */
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { mayProceed, spend } from '../budget.ts';
import { type Context, currentExecutor } from '../context.ts';
import type { Executor } from '../executor.ts';
import { type Future, Pending, type Poll } from '../future.ts';
import { closedError, IoError } from '../io/io-error.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { Ring } from '../ring.ts';
import { parseAddress, SocketAddress } from './address.ts';
import { addresses, Connection } from './connection.ts';
import { IoFuture, ReadinessOf } from './readiness.ts';
import { TcpStream } from './tcp-stream.ts';

/** How many visitors may wait to be noticed. Tokio's number; with Node's 511 a thousand at once are told to come back later. */
const BACKLOG = 1024;

/**
 * A socket that accepts connections: `using listener = yield* TcpListener.bind('127.0.0.1:8080')`.
 *
 * Disposing it stops listening; connections that were accepted stay open.
 *
 * @example
 * ```ts
 * using listener = yield* TcpListener.bind('127.0.0.1:0');
 * using client = yield* TcpStream.connect(String(listener.localAddress));
 * const [visitor] = yield* listener.accept();
 * visitor.peerAddress.port === client.localAddress.port; // => true
 * visitor[Symbol.dispose]();
 * ```
 */
export class TcpListener extends Resource implements Disposable {
  readonly #executor: Executor;
  readonly #server: Server;
  /** Who has come, with the addresses: the system forgets them when the visitor leaves again. */
  readonly #arrivals = new Ring<{ socket: Socket; ends: ReturnType<typeof addresses> }>();
  readonly #readiness: ReadinessOf;
  #address: SocketAddress | undefined = undefined;
  #error: Error | undefined = undefined;
  #closed = false;

  private constructor(executor: Executor) {
    super();
    this.#executor = executor;
    this.#readiness = new ReadinessOf(this, executor);
    // Nothing is read from a connection before its task asks, and it may be half closed, as in Tokio.
    this.#server = createServer({ pauseOnConnect: true, allowHalfOpen: true, noDelay: true });
    this.#server.on('connection', (socket) => this.#arrived(socket));
    this.#server.on('listening', () => this.#opened());
    this.#server.on('error', (error) => this.#failed(error));
  }

  /**
   * Listens at an address, for example `127.0.0.1:8080`. Port 0 takes any free one.
   *
   * **Cancel safety:** nothing is lost; it stops listening.
   *
   * @throws {IoError} if it cannot, for example because the port is in use (`EADDRINUSE`).
   * @throws {InvalidOptionError} if it is not an address.
   */
  static override bind(address: string): Future<TcpListener> {
    const executor = currentExecutor('TcpListener.bind()');
    const { host, port } = parseAddress('TcpListener.bind()', address);
    const listener = new TcpListener(executor);
    let started = false;
    return new IoFuture(
      `bind(${address})`,
      listener.#readiness,
      () => {
        if (!started) {
          started = true;
          executor.keepsOpen.add(listener);
          listener.#server.listen(port, host, BACKLOG);
        }
        if (listener.#error !== undefined) {
          listener[Symbol.dispose]();
          throw new IoError(`listening on ${address}`, listener.#error);
        }
        return listener.#address === undefined ? Pending : listener;
      },
      () => listener[Symbol.dispose](),
    );
  }

  override get kind(): ResourceKind {
    return 'listener';
  }

  /** Where it listens. */
  get localAddress(): SocketAddress {
    return this.#address as SocketAddress;
  }

  /**
   * Waits for the next visitor. Answers its connection and where it comes from.
   *
   * **Order:** first come, first accepted. **Cancel safety:** nothing is lost.
   *
   * @throws {IoError} if the listener is closed, or the system refuses (`EMFILE`).
   */
  accept(): Future<[TcpStream, SocketAddress]> {
    return new IoFuture('accept()', this.#readiness, (cx) => this.#accept(cx));
  }

  #accept(cx: Context): Poll<[TcpStream, SocketAddress]> {
    if (!mayProceed(cx)) return Pending;
    const visitor = this.#arrivals.shift();
    if (visitor !== undefined) {
      spend();
      visitor.socket.off('error', isNobodys);
      const stream = new TcpStream(new Connection(this.#executor, visitor.socket, visitor.ends));
      return [stream, stream.peerAddress];
    }
    if (this.#closed) throw closedError('accept()');
    const error = this.#error;
    if (error === undefined) return Pending;
    this.#error = undefined;
    throw new IoError('accept()', error);
  }

  /** Stops listening. Visitors that nobody has accepted are sent away. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#executor.keepsOpen.delete(this);
    if (this.#address !== undefined) this.#executor.tracer?.op(this, { op: 'closed', by: 'us' });
    while (this.#arrivals.length > 0) this.#arrivals.shift()?.socket.destroy();
    this.#server.close();
    this.#readiness.wakeAll();
  }

  #opened(): void {
    const { address, port } = this.#server.address() as AddressInfo;
    this.#address = new SocketAddress(address, port);
    this.#executor.tracer?.op(this, { op: 'opened', detail: String(this.#address) });
    this.#readiness.wakeAll();
  }

  #arrived(socket: Socket): void {
    socket.on('error', isNobodys);
    if (this.#closed) {
      socket.destroy();
      return;
    }
    this.#arrivals.push({ socket, ends: addresses(socket) });
    this.#executor.tracer?.op(this, { op: 'readable', bytes: 0 });
    this.#readiness.wakeAll();
  }

  #failed(error: Error): void {
    this.#error = error;
    this.#readiness.wakeAll();
  }
}

/** Until somebody accepts a connection, its errors are nobody's. */
function isNobodys(): void {}
