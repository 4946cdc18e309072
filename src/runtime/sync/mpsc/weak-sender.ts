/**
 * Senders that do not keep their channel open.
 *
 * @module
 */
import { UsedAfterDropError } from '../channel-errors.ts';
import type { Channel } from './channel.ts';
import { Sender, UnboundedSender } from './sender.ts';

/** What weak senders of both kinds can do. */
abstract class AnyWeakSender<T> implements Disposable {
  readonly #channel: Channel<T>;
  #dropped = false;

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>) {
    this.#channel = channel;
  }

  /** The channel. @throws {UsedAfterDropError} after disposal. */
  protected open(): Channel<T> {
    if (this.#dropped) throw new UsedAfterDropError('sender');
    return this.#channel;
  }

  /** The channel, or `undefined` if its last sender is gone. */
  protected alive(): Channel<T> | undefined {
    const channel = this.open();
    return channel.abandoned ? undefined : channel;
  }

  /** How many senders there are. */
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

/**
 * A sender that does not keep the channel open: it becomes a {@link Sender} while there is one.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<string>(1);
 * const weak = tx.downgrade();
 * weak.upgrade()?.trySend('still open');
 * yield* rx.recv(); // => 'still open'
 * ```
 */
export class WeakSender<T> extends AnyWeakSender<T> {
  /** A sender, or `undefined` if the last one is gone. */
  upgrade(): Sender<T> | undefined {
    const channel = this.alive();
    return channel && new Sender(channel, channel.addSender());
  }

  /** Another weak sender. */
  clone(): WeakSender<T> {
    const channel = this.open();
    channel.weakSenders += 1;
    return new WeakSender(channel);
  }
}

/** As {@link WeakSender}, of a channel without a limit. */
export class WeakUnboundedSender<T> extends AnyWeakSender<T> {
  /** A sender, or `undefined` if the last one is gone. */
  upgrade(): UnboundedSender<T> | undefined {
    const channel = this.alive();
    return channel && new UnboundedSender(channel, channel.addSender());
  }

  /** Another weak sender. */
  clone(): WeakUnboundedSender<T> {
    const channel = this.open();
    channel.weakSenders += 1;
    return new WeakUnboundedSender(channel);
  }
}
