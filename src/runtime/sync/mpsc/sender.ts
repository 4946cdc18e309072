/**
 * The sending ends.
 *
 * @module
 */
import { InvalidOptionError } from '../../errors.ts';
import type { Async, Future } from '../../future.ts';
import { Operation } from '../../operation.ts';
import { drop } from '../../task.ts';
import { Elapsed, timeout } from '../../time/timeout.ts';
import { SendError, SendTimeoutError, TrySendError, UsedAfterDropError } from '../channel-errors.ts';
import { Closed } from '../closed.ts';
import type { Channel } from './channel.ts';
import { Permit, PermitIterator, Reserve, ReserveMany, Send } from './slot.ts';
import { WeakSender, WeakUnboundedSender } from './weak-sender.ts';

/** What senders of both kinds can do. */
abstract class AnySender<T> implements Disposable {
  readonly #channel: Channel<T>;
  readonly #number: number;
  #dropped = false;

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>, number = 1) {
    this.#channel = channel;
    this.#number = number;
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

  /** How many senders there are. Permits and weak senders do not count. */
  get strongCount(): number {
    return this.#channel.senders;
  }

  /** How many weak senders there are. */
  get weakCount(): number {
    return this.#channel.weakSenders;
  }

  /** Is that one of the same channel? */
  sameChannel(other: AnySender<T>): boolean {
    return this.#channel === other.#channel;
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
    this.#channel.senderGone(this.#number);
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
    return new Sender(channel, channel.addSender());
  }

  /** A sender that does not keep the channel open. */
  downgrade(): WeakSender<T> {
    const channel = this.open();
    channel.weakSenders += 1;
    return new WeakSender(channel);
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
    this.#takeSlots(1, value).push(value);
  }

  #takeSlots(count: number, value: T | undefined): Channel<T> {
    const channel = this.open();
    if (channel.closed) throw new TrySendError(value, 'closed');
    if (!channel.permits?.tryAcquire(count)) throw new TrySendError(value, 'full');
    return channel;
  }

  /**
   * Sends, but does not wait for room longer than `duration` ms.
   *
   * **Cancel safety:** the place in line is lost, and the message was not sent.
   *
   * @throws {SendTimeoutError} with the message, when the time is up or nobody is left to receive.
   */
  sendTimeout(value: T, duration: number): Future<void> {
    return new Operation('sendTimeout()', this.#sendTimeout(value, duration));
  }

  *#sendTimeout(value: T, duration: number): Async<void> {
    let isOver = false;
    try {
      yield* timeout(duration, new Send(this.open(), value, false));
      isOver = true;
    } catch (error) {
      isOver = true;
      if (error instanceof SendError) throw new SendTimeoutError(value, 'closed');
      throw error instanceof Elapsed ? new SendTimeoutError(value, 'timeout') : error;
    } finally {
      // Given up: neither sent nor given back.
      if (!isOver) drop(value);
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
    const channel = this.#takeSlots(1, undefined);
    channel.reserved(1);
    return new Permit(channel);
  }

  /**
   * Waits for room for `count` messages and keeps it. Takes whatever comes free meanwhile, and
   * nobody behind it gets any before.
   *
   * **Cancel safety:** the place in line is lost.
   *
   * @throws {SendError} if nobody is left to receive, or the channel never has room for so many.
   */
  reserveMany(count: number): Future<PermitIterator<T>> {
    return new ReserveMany(this.open(), aCount('reserveMany()', count));
  }

  /** Keeps room for `count` messages if there is so much right now. @throws {TrySendError} if not. */
  tryReserveMany(count: number): PermitIterator<T> {
    const { capacity } = this.open();
    // More than it ever has room for is full, also when it is closed.
    if (aCount('tryReserveMany()', count) > (capacity ?? 0)) throw new TrySendError(undefined, 'full');
    const channel = this.#takeSlots(count, undefined);
    channel.reserved(count);
    return new PermitIterator(channel, count);
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
    return new UnboundedSender(channel, channel.addSender());
  }

  /** A sender that does not keep the channel open. */
  downgrade(): WeakUnboundedSender<T> {
    const channel = this.open();
    channel.weakSenders += 1;
    return new WeakUnboundedSender(channel);
  }

  /** Sends. Never waits. @throws {SendError} with the message, if nobody is left to receive it. */
  send(value: T): void {
    const channel = this.open();
    if (channel.closed) throw new SendError(value);
    channel.push(value);
  }
}

function aCount(what: string, count: number): number {
  if (!Number.isSafeInteger(count) || count < 0) throw new InvalidOptionError(what, 'a count of 0 or more', count);
  return count;
}
