/**
 * A connection.
 *
 * @module
 */
import { Socket } from 'node:net';
import { mayProceed, spend } from '../budget.ts';
import { type Context, currentExecutor } from '../context.ts';
import type { Executor } from '../executor.ts';
import { type Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { parseAddress, SocketAddress } from './address.ts';
import { closedError, IoError } from './io-error.ts';
import { IoFuture, Readiness } from './readiness.ts';

/**
 * One end of a TCP connection. Disposing it closes it.
 *
 * Reading and writing may go on in two tasks at once.
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
export class TcpStream extends Resource implements Disposable {
  readonly #executor: Executor;
  readonly #socket: Socket;
  readonly #readable: Readiness;
  readonly #writable: Readiness;
  /** Addresses are gone once the socket is closed, so they are kept. */
  #local: SocketAddress;
  #peer: SocketAddress;
  #isOpen = false;
  #ended = false;
  #error: Error | undefined = undefined;
  #closed = false;

  /** @internal */
  constructor(executor: Executor, socket: Socket, { local, peer } = addresses(socket)) {
    super();
    this.#local = local;
    this.#peer = peer;
    this.#executor = executor;
    this.#socket = socket;
    this.#readable = new Readiness(executor, this);
    this.#writable = new Readiness(executor, this);
    executor.keepsOpen.add(this);
    socket.on('readable', () => this.#hasMore());
    socket.on('end', () => this.#hasEnded());
    socket.on('error', (error) => this.#failed(error));
    socket.on('close', () => this.#hasEnded());
    if (socket.pending) socket.on('connect', () => this.#connected());
    else this.#opened();
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
    const executor = currentExecutor('TcpStream.connect()');
    const { host, port } = parseAddress('TcpStream.connect()', address);
    const stream = new TcpStream(executor, new Socket({ allowHalfOpen: true }));
    let started = false;
    return new IoFuture(
      `connect(${address})`,
      stream.#writable,
      () => {
        if (!started) {
          started = true;
          stream.#socket.connect({ host, port, noDelay: true });
        }
        if (stream.#error !== undefined) {
          stream[Symbol.dispose]();
          throw new IoError(`connecting to ${address}`, stream.#error);
        }
        return stream.#socket.pending ? Pending : stream;
      },
      () => stream[Symbol.dispose](),
    );
  }

  override get kind(): ResourceKind {
    return 'socket';
  }

  /** Our end. */
  get localAddress(): SocketAddress {
    return this.#local;
  }

  /** The other end. */
  get peerAddress(): SocketAddress {
    return this.#peer;
  }

  /**
   * Waits for bytes and puts them into the buffer, as many as are there and fit in. Answers how
   * many; 0 means that the other end will send no more.
   *
   * **Cancel safety:** nothing is lost.
   *
   * @throws {IoError} if the connection broke (`ECONNRESET`).
   */
  read(buffer: Uint8Array): Future<number> {
    return new IoFuture(`read(${buffer.length} bytes)`, this.#readable, (cx) => this.#read(cx, buffer));
  }

  #read(cx: Context, buffer: Uint8Array): Poll<number> {
    if (!mayProceed(cx)) return Pending;
    if (this.#closed) throw closedError('read()');
    const available = Math.min(buffer.length, this.#socket.readableLength);
    const chunk = available > 0 ? (this.#socket.read(available) as Uint8Array | null) : null;
    if (chunk !== null) {
      buffer.set(chunk);
    } else if (this.#error !== undefined) {
      throw new IoError('read()', this.#error);
    } else if (!this.#ended && buffer.length > 0) {
      // Asking once more brings 'end', if the end came right behind the last bytes.
      this.#socket.read(0);
      return Pending;
    }
    spend();
    return chunk?.length ?? 0;
  }

  /**
   * Writes all of it, and waits while the other end is slower than we are.
   *
   * **Cancel safety:** data may be lost: how much was written is not known.
   *
   * @param data bytes, or text to be sent as UTF-8.
   * @throws {IoError} if the connection is closed or broke.
   */
  writeAll(data: Uint8Array | string): Future<void> {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
    let state: 'new' | 'writing' | 'written' = 'new';
    return new IoFuture(`writeAll(${bytes.length} bytes)`, this.#writable, (cx) => {
      if (!mayProceed(cx)) return Pending;
      if (state !== 'written') this.#checkOpen('writeAll()');
      if (state === 'new') {
        if (this.#socket.writableEnded) throw closedError('writeAll()');
        state = 'writing';
        this.#socket.write(bytes, (error) => {
          // Node answers no error also for what it threw away when the socket was destroyed.
          if (state === 'written') return;
          if (!error && !this.#socket.destroyed) state = 'written';
          this.#canWrite();
        });
        // The system has taken it all: like Tokio, go on without waiting.
        if (this.#socket.writableLength === 0 && !this.#socket.errored) state = 'written';
      }
      if (state !== 'written') return Pending;
      spend();
      return undefined;
    });
  }

  /**
   * Says that we will send no more, when everything before is on its way. The other end can still
   * be heard.
   *
   * **Cancel safety:** nothing is lost; the end was announced all the same.
   *
   * @throws {IoError} if the connection broke.
   */
  shutdown(): Future<void> {
    let started = false;
    return new IoFuture('shutdown()', this.#writable, () => {
      if (this.#closed || this.#error !== undefined) this.#checkOpen('shutdown()');
      if (!started) {
        started = true;
        this.#socket.end(() => this.#writable.wakeAll());
      }
      return this.#socket.writableFinished || this.#socket.destroyed ? undefined : Pending;
    });
  }

  /** Closes the connection. What the system has not taken by now is not sent. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#executor.keepsOpen.delete(this);
    if (this.#isOpen) this.#executor.tracer?.op(this, { op: 'closed', by: 'us' });
    this.#socket.destroy();
    this.#wakeAll();
  }

  #checkOpen(what: string): void {
    if (this.#error !== undefined) throw new IoError(what, this.#error);
    if (this.#closed || this.#socket.destroyed) throw closedError(what);
  }

  #connected(): void {
    const { local, peer } = addresses(this.#socket);
    this.#local = local;
    this.#peer = peer;
    this.#opened();
  }

  #opened(): void {
    this.#isOpen = true;
    this.#executor.tracer?.op(this, { op: 'opened', detail: `${this.#local} with ${this.#peer}` });
    this.#wakeAll();
  }

  #hasMore(): void {
    const bytes = this.#socket.readableLength;
    // At its end a socket is readable once more, with nothing in it: reading that brings 'end'.
    if (bytes === 0) this.#socket.read();
    else this.#executor.tracer?.op(this, { op: 'readable', bytes });
    this.#readable.wakeAll();
  }

  #hasEnded(): void {
    if (this.#isOpen && !this.#ended && !this.#closed) this.#executor.tracer?.op(this, { op: 'closed', by: 'peer' });
    this.#ended = true;
    if (this.#socket.destroyed) this.#wakeAll();
    else this.#readable.wakeAll();
  }

  #canWrite(): void {
    if (!this.#closed) this.#executor.tracer?.op(this, { op: 'writable' });
    this.#writable.wakeAll();
  }

  #failed(error: Error): void {
    this.#error ??= error;
    this.#wakeAll();
  }

  #wakeAll(): void {
    this.#readable.wakeAll();
    this.#writable.wakeAll();
  }
}

/** Both ends of a socket, while the system still knows them. @internal */
export function addresses(socket: Socket): { readonly local: SocketAddress; readonly peer: SocketAddress } {
  const { localAddress, localPort, remoteAddress, remotePort } = socket;
  return {
    local: new SocketAddress(localAddress ?? '', localPort ?? 0),
    peer: new SocketAddress(remoteAddress ?? '', remotePort ?? 0),
  };
}
