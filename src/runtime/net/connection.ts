/**
 * A connection, as a stream or its two halves share it: the socket, what the host has said of it,
 * and who waits for that.
 *
 * @module
 */
import { Socket } from 'node:net';
import { mayProceed, spend } from '../budget.ts';
import { type Context, currentExecutor, tracerOf } from '../context.ts';
import type { Executor } from '../executor.ts';
import { type Future, Pending, type Poll } from '../future.ts';
import type { Channel } from '../io/halves.ts';
import { closedError, IoError } from '../io/io-error.ts';
import { toBytes } from '../io/text.ts';
import type { Resource, ResourceKind } from '../resource.ts';
import { parseAddress, SocketAddress } from './address.ts';
import { Inbox } from './inbox.ts';
import { IoFuture, IoWait, type Readiness, ReadinessOf } from './readiness.ts';

/**
 * A write of so many bytes is mostly taken at once by the system, and then nobody needs to be called
 * back: that takes Node an object, a place in its queue and a call, 0.5 µs of a request. It is less than
 * the system has room for while nothing else is under way.
 */
const TAKEN_AT_ONCE = 16 * 1024;

/** The reader is slower than the peer, so the peer is to wait: with so many bytes unread no more are taken in. */
const READ_AHEAD = 64 * 1024;

/** To be written behind what was not taken at once after all: it is done when that is done. */
const NOTHING = new Uint8Array(0);

/** Where a socket keeps its connection. */
const owner = Symbol('connection');

/** A socket that has one. */
type Owned = Socket & { [owner]: Connection };

/**
 * A socket of the host, in the runtime's words.
 *
 * It is the line of those who read as well, and keeps what they have not read. As three objects it
 * would read better; but where a thousand sockets have something to say, each object that is touched
 * on the way is one that the processor has to fetch from far away, at some 90 ns. For the same reason
 * what a request needs comes first.
 */
export class Connection extends Inbox implements Resource, Channel {
  readonly #socket: Socket;
  #error: Error | undefined = undefined;
  #closed = false;
  /** The peer has said that it will write no more. */
  #ended = false;
  /** We have said so. */
  #ending = false;
  /** How many writes were given to the socket, and up to which all is written. */
  #writes = 0;
  #written = 0;
  #isOpen = false;
  /** Who waits until the socket can take more, or is connected. Few ever do, so see {@link writable}. */
  #writable: Readiness | undefined = undefined;
  /** Addresses are gone once the socket is closed, so they are kept. */
  #local: SocketAddress;
  #peer: SocketAddress;

  constructor(executor: Executor, socket: Socket, { local, peer } = addresses(socket)) {
    super(executor);
    this.#socket = socket;
    this.#local = local;
    this.#peer = peer;
    executor.keepsOpen.add(this);
    this.#listen(socket as Owned);
    if (socket.pending) return;
    socket.resume(); // A listener has its visitors wait until they are accepted.
    this.#opened();
  }

  /** The same four functions for every socket: four of its own would take 260 bytes. */
  #listen(socket: Owned): void {
    socket[owner] = this;
    // Not 'readable', which goes through two queues of Node's, and read() through another.
    socket.on('data', onData);
    socket.on('end', onEnd);
    socket.on('error', onError);
    socket.on('close', onEnd);
    if (socket.pending) socket.on('connect', onConnect);
  }

  /** Connects when it is polled, and hangs up if it is dropped before. @param wrap makes of it what is answered. */
  static to<T>(address: string, wrap: (connection: Connection) => T): Future<T> {
    const executor = currentExecutor('TcpStream.connect()');
    const { host, port } = parseAddress('TcpStream.connect()', address);
    const connection = new Connection(executor, new Socket({ allowHalfOpen: true }));
    let started = false;
    return new IoFuture(
      `connect(${address})`,
      connection.writable,
      () => {
        if (!started) {
          started = true;
          connection.#socket.connect({ host, port, noDelay: true });
        }
        if (connection.#error !== undefined) {
          connection[Symbol.dispose]();
          throw new IoError(`connecting to ${address}`, connection.#error);
        }
        return connection.#socket.pending ? Pending : wrap(connection);
      },
      () => connection[Symbol.dispose](),
    );
  }

  get kind(): ResourceKind {
    return 'socket';
  }

  get detail(): string {
    return '';
  }

  override get source(): Resource {
    return this;
  }

  /** Our end. */
  get localAddress(): SocketAddress {
    return this.#local;
  }

  /** The other end. */
  get peerAddress(): SocketAddress {
    return this.#peer;
  }

  /** Who waits for anything else. @internal */
  get writable(): Readiness {
    this.#writable ??= new ReadinessOf(this, this.executor);
    return this.#writable;
  }

  read(buffer: Uint8Array): Future<number> {
    return new Read(this, buffer);
  }

  /** One poll of a read. @internal */
  tryRead(cx: Context, buffer: Uint8Array): Poll<number> {
    if (!mayProceed(cx)) return Pending;
    if (this.#closed) throw closedError('read()');
    if (this.unread === 0) {
      if (this.#error !== undefined) throw new IoError('read()', this.#error);
      if (!this.#ended && buffer.length > 0) return Pending;
    }
    spend();
    const isFull = this.unread >= READ_AHEAD;
    const length = this.shiftInto(buffer);
    if (isFull && this.unread < READ_AHEAD) this.#socket.resume();
    return length;
  }

  writeAll(data: Uint8Array | string): Future<void> {
    return new WriteAll(this, toBytes(data));
  }

  /** Gives the bytes to the socket. Answers the number of the write, for {@link isWritten}. @internal */
  write(bytes: Uint8Array): number {
    const socket = this.#socket;
    if (this.#error !== undefined || this.#closed || this.#ending) this.#refuse();
    const nth = ++this.#writes;
    if (bytes.length > TAKEN_AT_ONCE) this.#writeSlowly(bytes, nth);
    else if (socket.write(bytes) && socket.writableLength === 0) this.#written = nth;
    else this.#writeSlowly(NOTHING, nth);
    return nth;
  }

  /** Writes, and hears when that and all before it is done. */
  #writeSlowly(bytes: Uint8Array, nth: number): void {
    const socket = this.#socket;
    this.#checkOpen('writeAll()');
    socket.write(bytes, (error) => this.#hasWritten(nth, error));
    // The system has taken it all: like Tokio, go on without waiting.
    if (socket.writableLength === 0 && !socket.errored) this.#written = nth;
  }

  /** Is a write done? @throws {IoError} if it never will be. @internal */
  isWritten(nth: number): boolean {
    if (nth <= this.#written) return true;
    this.#checkOpen('writeAll()');
    return false;
  }

  #hasWritten(nth: number, error: Error | null | undefined): void {
    if (nth <= this.#written) return;
    // Node answers no error also for what it threw away when the socket was destroyed.
    if (!error && !this.#socket.destroyed) {
      this.#written = nth;
      this.executor.tracer?.op(this, { op: 'writable' });
    }
    this.#writable?.wakeAll();
  }

  shutdown(): Future<void> {
    let started = false;
    return new IoFuture('shutdown()', this.writable, () => {
      if (this.#closed || this.#error !== undefined) this.#checkOpen('shutdown()');
      if (!started) {
        started = true;
        this.#ending = true;
        this.#socket.end(() => this.#writable?.wakeAll());
      }
      return this.#socket.writableFinished || this.#socket.destroyed ? undefined : Pending;
    });
  }

  end(): void {
    this.#ending = true;
    if (!this.#socket.writableEnded && !this.#socket.destroyed) this.#socket.end();
  }

  /** Closes the connection. What the system has not taken by now is not sent. */
  [Symbol.dispose](): void {
    if (this.#closed) return;
    this.#closed = true;
    this.executor.keepsOpen.delete(this);
    if (this.#isOpen) this.executor.tracer?.op(this, { op: 'closed', by: 'us' });
    this.#socket.destroy();
    this.#wakeEverybody();
  }

  #refuse(): void {
    this.#checkOpen('writeAll()');
    throw closedError('writeAll()'); // We have shut it down.
  }

  #checkOpen(what: string): void {
    if (this.#error !== undefined) throw new IoError(what, this.#error);
    if (this.#closed || this.#socket.destroyed) throw closedError(what);
  }

  /** The host has connected us. @internal */
  connected(): void {
    const { local, peer } = addresses(this.#socket);
    this.#local = local;
    this.#peer = peer;
    this.#opened();
  }

  #opened(): void {
    this.#isOpen = true;
    this.executor.tracer?.op(this, { op: 'opened', detail: `${this.#local} with ${this.#peer}` });
    this.#wakeEverybody();
  }

  /** Bytes have come. @internal */
  received(piece: Uint8Array): void {
    this.push(piece);
    if (this.unread >= READ_AHEAD) this.#socket.pause();
    tracerOf(this.executor)?.op(this, { op: 'readable', bytes: this.unread });
    this.wakeAll();
  }

  /** No more will come. @internal */
  ended(): void {
    if (this.#isOpen && !this.#ended && !this.#closed) this.executor.tracer?.op(this, { op: 'closed', by: 'peer' });
    this.#ended = true;
    if (this.#socket.destroyed) this.#wakeEverybody();
    else this.wakeAll();
  }

  /** The connection is broken, or there is none. @internal */
  failed(error: Error): void {
    this.#error ??= error;
    this.#wakeEverybody();
  }

  #wakeEverybody(): void {
    this.wakeAll();
    this.#writable?.wakeAll();
  }
}

function onData(this: Owned, piece: Uint8Array): void {
  this[owner].received(piece);
}

function onEnd(this: Owned): void {
  this[owner].ended();
}

function onError(this: Owned, error: Error): void {
  this[owner].failed(error);
}

function onConnect(this: Owned): void {
  this[owner].connected();
}

class Read extends IoWait<number> {
  readonly #connection: Connection;
  readonly #buffer: Uint8Array;

  constructor(connection: Connection, buffer: Uint8Array) {
    super();
    this.#connection = connection;
    this.#buffer = buffer;
  }

  override get label(): string {
    return `read(${this.#buffer.length} bytes)`;
  }

  protected override get readiness(): Readiness {
    return this.#connection;
  }

  protected override attempt(cx: Context): Poll<number> {
    return this.#connection.tryRead(cx, this.#buffer);
  }
}

class WriteAll extends IoWait<void> {
  readonly #connection: Connection;
  readonly #bytes: Uint8Array;
  /** Its number among the writes of the connection; 0 before its first poll. */
  #nth = 0;

  constructor(connection: Connection, bytes: Uint8Array) {
    super();
    this.#connection = connection;
    this.#bytes = bytes;
  }

  override get label(): string {
    return `writeAll(${this.#bytes.length} bytes)`;
  }

  protected override get readiness(): Readiness {
    return this.#connection.writable;
  }

  protected override attempt(cx: Context): Poll<void> {
    if (!mayProceed(cx)) return Pending;
    if (this.#nth === 0) this.#nth = this.#connection.write(this.#bytes);
    if (!this.#connection.isWritten(this.#nth)) return Pending;
    spend();
    return undefined;
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
