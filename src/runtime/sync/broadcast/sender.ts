/**
 * The sending ends.
 *
 * @module
 */
import type { Future } from '../../future.ts';
import { UsedAfterDropError } from '../channel-errors.ts';
import { Closed } from '../closed.ts';
import type { Channel } from './channel.ts';
import { Receiver } from './receiver.ts';

/**
 * The sending end of a broadcast channel.
 *
 * @example
 * ```ts
 * const [tx, rx] = broadcast.channel<string>(16);
 * const late = tx.subscribe();
 * tx.send('tea is ready'); // => 2
 * rx[Symbol.dispose]();
 * tx.receiverCount; // => 1
 * yield* late.recv(); // => 'tea is ready'
 * ```
 */
export class Sender<T> implements Disposable {
  readonly #channel: Channel<T>;
  readonly #number: number;
  #dropped = false;

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>, number = 1) {
    this.#channel = channel;
    this.#number = number;
  }

  #open(): Channel<T> {
    if (this.#dropped) throw new UsedAfterDropError('sender');
    return this.#channel;
  }

  /**
   * Sends a message to every receiver there is, and answers how many that are. Never waits: if there
   * is no room the oldest message makes way, and who has not received it has lost it.
   *
   * @throws {SendError} with the message if there is no receiver.
   */
  send(value: T): number {
    return this.#open().send(value);
  }

  /** A new receiver. It gets what is sent from now on. */
  subscribe(): Receiver<T> {
    const channel = this.#open();
    return new Receiver(channel, channel.subscribe());
  }

  /** Another sender of the same channel. The channel is open until all are dropped. */
  clone(): Sender<T> {
    const channel = this.#open();
    return new Sender(channel, channel.addSender());
  }

  /** A sender that does not keep the channel open. */
  downgrade(): WeakSender<T> {
    const channel = this.#open();
    channel.weakSenders += 1;
    return new WeakSender(channel);
  }

  /**
   * Waits until all receivers are gone.
   *
   * **Cancel safety:** nothing is lost.
   */
  closed(): Future<void> {
    return new Closed(this.#open(), { budgeted: false });
  }

  /** How many receivers there are. */
  get receiverCount(): number {
    return this.#channel.receivers;
  }

  /** How many messages somebody has still to receive. Never more than the capacity. */
  get length(): number {
    return this.#channel.length;
  }

  /** Has everybody received everything? */
  isEmpty(): boolean {
    return this.length === 0;
  }

  /** How many senders there are that keep the channel open. */
  get strongCount(): number {
    return this.#channel.senders;
  }

  /** How many weak senders there are. */
  get weakCount(): number {
    return this.#channel.weakSenders;
  }

  /** Is that one of the same channel? */
  sameChannel(other: Sender<T>): boolean {
    return this.#channel === other.#channel;
  }

  /** Drops this sender. When the last one is gone, receivers hear it once they have received what is left. */
  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#channel.senderGone(this.#number);
  }
}

/**
 * A sender that does not keep the channel open: it becomes a {@link Sender} while there is one.
 *
 * @example
 * ```ts
 * const [tx, rx] = broadcast.channel<string>(16);
 * const weak = tx.downgrade();
 * weak.upgrade()?.send('still open'); // => 1
 * ```
 */
export class WeakSender<T> implements Disposable {
  readonly #channel: Channel<T>;
  #dropped = false;

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>) {
    this.#channel = channel;
  }

  #open(): Channel<T> {
    if (this.#dropped) throw new UsedAfterDropError('sender');
    return this.#channel;
  }

  /** A sender, or `undefined` if the last one is gone. */
  upgrade(): Sender<T> | undefined {
    const channel = this.#open();
    if (channel.senders === 0) return undefined;
    return new Sender(channel, channel.addSender());
  }

  /** Another weak sender. */
  clone(): WeakSender<T> {
    const channel = this.#open();
    channel.weakSenders += 1;
    return new WeakSender(channel);
  }

  /** How many senders there are that keep the channel open. */
  get strongCount(): number {
    return this.#channel.senders;
  }

  /** How many weak senders there are, this one included. */
  get weakCount(): number {
    return this.#channel.weakSenders;
  }

  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#channel.weakSenders -= 1;
  }
}
