/**
 * The receiving ends.
 *
 * @module
 */
import { type Future, Pending, type Poll } from '../../future.ts';
import type { Resource } from '../../resource.ts';
import { RecvError, SharedReceiverError, TryRecvError, UsedAfterDropError } from '../channel-errors.ts';
import type { Ticket } from '../wait-line.ts';
import { Waiting } from '../waiting.ts';
import type { Channel, Cursor } from './channel.ts';

/**
 * The receiving end of a broadcast channel: one of many, and each gets every message.
 *
 * @example
 * ```ts
 * const [tx, rx] = broadcast.channel<number>(2);
 * for (const n of [1, 2, 3]) tx.send(n);
 * try {
 *   yield* rx.recv();
 * } catch (error) {
 *   (error as LaggedError).skipped; // => 1
 * }
 * yield* rx.recv(); // => 2
 * rx.length; // => 1
 * ```
 */
export class Receiver<T> implements Disposable {
  readonly #channel: Channel<T>;
  readonly #cursor: Cursor;

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>, cursor: Cursor) {
    this.#channel = channel;
    this.#cursor = cursor;
  }

  #open(): Channel<T> {
    if (this.#cursor.gone) throw new UsedAfterDropError('receiver');
    return this.#channel;
  }

  /**
   * Waits for a message. Every receiver gets the same one, not a copy of its own.
   *
   * **Order:** messages come in the order in which they were sent; a message wakes everybody who
   * waits, the longest waiting first. **Cancel safety:** nothing is lost.
   *
   * @throws {LaggedError} if messages were lost because this receiver was too slow. The next `recv`
   *   goes on with the oldest message that is kept.
   * @throws {RecvError} if everything was received and the last sender is gone.
   * @throws {SharedReceiverError} if another `recv` waits at this receiver.
   */
  recv(): Future<T> {
    return new Recv(this.#open(), this.#cursor);
  }

  /**
   * Takes a message if there is one right now.
   *
   * @throws {LaggedError} as {@link recv} does.
   * @throws {TryRecvError} that `isEmpty()` if one may still come, or `isDisconnected()`.
   */
  tryRecv(): T {
    const channel = this.#open();
    if (channel.unread(this.#cursor) > 0) return channel.take(this.#cursor);
    if (channel.senders === 0) throw new TryRecvError('disconnected', 'channel closed');
    throw new TryRecvError('empty', 'channel empty');
  }

  /** How many messages this receiver has not received: more than the capacity, if it lags. */
  get length(): number {
    return this.#open().unread(this.#cursor);
  }

  /** Has this receiver received everything? */
  isEmpty(): boolean {
    return this.length === 0;
  }

  /** Are all senders gone? */
  isClosed(): boolean {
    return this.#channel.senders === 0;
  }

  /** Another receiver of the same channel. It gets what is sent from now on. */
  resubscribe(): Receiver<T> {
    const channel = this.#open();
    return new Receiver(channel, channel.subscribe());
  }

  /** Is that one of the same channel? */
  sameChannel(other: Receiver<T>): boolean {
    return this.#channel === other.#channel;
  }

  /** Drops this receiver. A message that nobody else will read is disposed, unless somebody has received it. */
  [Symbol.dispose](): void {
    if (this.#cursor.gone) return;
    this.#cursor.gone = true;
    this.#channel.receiverGone(this.#cursor);
  }
}

class Recv<T> extends Waiting<T> {
  readonly #channel: Channel<T>;
  readonly #cursor: Cursor;

  constructor(channel: Channel<T>, cursor: Cursor) {
    super(channel.line);
    this.#channel = channel;
    this.#cursor = cursor;
  }

  override get label(): string {
    return 'recv()';
  }

  override get awaited(): Resource {
    return this.#channel;
  }

  protected override attempt(): Poll<T> {
    if (this.#cursor.gone) throw new UsedAfterDropError('receiver');
    const channel = this.#channel;
    if (channel.unread(this.#cursor) > 0) return channel.take(this.#cursor);
    if (channel.senders === 0) throw new RecvError();
    const { ticket } = this.#cursor;
    if (ticket?.inLine && ticket !== this.ticket) {
      throw new SharedReceiverError('give each task its own, by `resubscribe()`');
    }
    return Pending;
  }

  protected override registered(ticket: Ticket): void {
    this.#cursor.ticket = ticket;
  }
}
