/**
 * The sending ends.
 *
 * @module
 */
import type { Async, Future } from '../../future.ts';
import { Elapsed, timeout } from '../../time/timeout.ts';
import { SendError, SendTimeoutError, TrySendError, UsedAfterDropError } from '../channel-errors.ts';
import { Closed } from '../closed.ts';
import type { Channel } from './channel.ts';
import { Permit, Reserve, Send } from './slot.ts';

/** What senders of both kinds can do. */
abstract class AnySender<T> implements Disposable {
  readonly #channel: Channel<T>;
  #dropped = false;

  constructor(channel: Channel<T>) {
    this.#channel = channel;
  }

  /** The channel. @throws {UsedAfterDropError} after disposal. */
  protected open(): Channel<T> {
    if (this.#dropped) throw new UsedAfterDropError('sender');
    return this.#channel;
  }

  /** Is the receiver gone, or has it closed the channel? */
  isClosed(): boolean {
    return this.#channel.closed;
  }

  /**
   * Waits until the receiver is gone or has closed the channel.
   *
   * **Cancel safety:** nothing is lost.
   */
  closed(): Future<void> {
    return new Closed(this.open(), { budgeted: false });
  }

  /** Drops this sender. When the last one is gone, the receiver drains what is left and hears it. */
  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#channel.senderGone();
  }
}

/**
 * The sending end of a bounded channel.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<string>(1);
 * yield* tx.send('first');
 * tx.capacity; // => 0
 * yield* rx.recv(); // => 'first'
 * tx.capacity; // => 1
 * ```
 */
export class Sender<T> extends AnySender<T> {
  /** Another sender of the same channel. The channel is open until all are dropped. */
  clone(): Sender<T> {
    const channel = this.open();
    channel.senders += 1;
    return new Sender(channel);
  }

  /**
   * Sends a message, and waits for room first if there is none.
   *
   * **Order:** who waits longest gets the next free slot. **Cancel safety:** the place in line is
   * lost, and the message was not sent.
   *
   * @throws {SendError} with the message, if nobody is left to receive it.
   */
  send(value: T): Future<void> {
    return new Send(this.open(), value);
  }

  /** Sends if there is room right now. @throws {TrySendError} with the message, if not. */
  trySend(value: T): void {
    this.#takeSlot(value).push(value);
  }

  #takeSlot(value: T | undefined): Channel<T> {
    const channel = this.open();
    if (channel.closed) throw new TrySendError(value, 'closed');
    if (!channel.permits?.tryAcquire()) throw new TrySendError(value, 'full');
    return channel;
  }

  /**
   * Sends, but does not wait for room longer than `duration` ms.
   *
   * **Cancel safety:** the place in line is lost, and the message was not sent.
   *
   * @throws {SendTimeoutError} with the message, when the time is up or nobody is left to receive.
   */
  *sendTimeout(value: T, duration: number): Async<void> {
    try {
      yield* timeout(duration, this.send(value));
    } catch (error) {
      if (error instanceof SendError) throw new SendTimeoutError(value, 'closed');
      throw error instanceof Elapsed ? new SendTimeoutError(value, 'timeout') : error;
    }
  }

  /**
   * Waits for room and keeps it: the permit sends later without waiting.
   *
   * **Cancel safety:** the place in line is lost.
   *
   * @throws {SendError} if nobody is left to receive.
   */
  reserve(): Future<Permit<T>> {
    return new Reserve(this.open());
  }

  /** Keeps room if there is some right now. @throws {TrySendError} if not. */
  tryReserve(): Permit<T> {
    return new Permit(this.#takeSlot(undefined));
  }

  /** How many more messages fit in right now. */
  get capacity(): number {
    return this.open().permits?.available ?? 0;
  }

  /** How many messages fit in when it is empty. */
  get maxCapacity(): number {
    return this.open().capacity ?? 0;
  }
}

/**
 * The sending end of a channel without a limit.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.unboundedChannel<string>();
 * rx[Symbol.dispose]();
 * try {
 *   tx.send('too late');
 * } catch (error) {
 *   (error as SendError).value; // => 'too late'
 * }
 * ```
 */
export class UnboundedSender<T> extends AnySender<T> {
  /** Another sender of the same channel. The channel is open until all are dropped. */
  clone(): UnboundedSender<T> {
    const channel = this.open();
    channel.senders += 1;
    return new UnboundedSender(channel);
  }

  /** Sends. Never waits. @throws {SendError} with the message, if nobody is left to receive it. */
  send(value: T): void {
    const channel = this.open();
    if (channel.closed) throw new SendError(value);
    channel.push(value);
  }
}
