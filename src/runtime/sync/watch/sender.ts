/**
 * The sending ends.
 *
 * @module
 */
import type { Future } from '../../future.ts';
import { SendError, UsedAfterDropError } from '../channel-errors.ts';
import { Closed } from '../closed.ts';
import type { Channel } from './channel.ts';
import { Receiver } from './receiver.ts';

/** A place for a value: assign `ref.value`, or change it in place. */
export interface Ref<T> {
  value: T;
}

/**
 * The sending end of a watch channel.
 *
 * @example
 * ```ts
 * const [tx, rx] = watch.channel(['tea']);
 * tx.sendModify((list) => { list.value.push('milk'); });
 * rx.hasChanged(); // => true
 * tx.sendReplace([]); // => ['tea', 'milk']
 * tx.sendIfModified(() => false); // => false
 * rx.borrow(); // => []
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
   * Replaces the value, and wakes everybody who waits for a change. Never waits.
   *
   * The old value is not disposed: who has borrowed it may still use it. {@link sendReplace} gives
   * it back.
   *
   * @throws {SendError} with the value if there is no receiver. Then the old value stays.
   */
  send(value: T): void {
    if (this.#open().closed) throw new SendError(value);
    this.sendReplace(value);
  }

  /** Replaces the value, also without receivers, and answers the one before. */
  sendReplace(value: T): T {
    const channel = this.#open();
    const old = channel.value;
    channel.value = value;
    channel.changed();
    return old;
  }

  /** Lets `modify` change the value, also without receivers. It counts as changed. */
  sendModify(modify: (ref: Ref<T>) => void): void {
    this.sendIfModified((ref) => {
      modify(ref);
      return true;
    });
  }

  /**
   * Lets `modify` change the value. Only if it answers `true` does the value count as changed, and
   * receivers are woken. Answers what `modify` answers.
   *
   * @throws what `modify` throws. What it has changed by then stays, and nobody is woken.
   */
  sendIfModified(modify: (ref: Ref<T>) => boolean): boolean {
    const channel = this.#open();
    const ref: Ref<T> = { value: channel.value };
    let modified = false;
    try {
      modified = modify(ref);
    } finally {
      channel.value = ref.value;
    }
    if (modified) channel.changed();
    return modified;
  }

  /** The value as it is now. It is shared with everybody who looks. */
  borrow(): T {
    return this.#open().value;
  }

  /** Are all receivers gone? */
  isClosed(): boolean {
    return this.#channel.closed;
  }

  /**
   * Waits until all receivers are gone.
   *
   * **Cancel safety:** nothing is lost.
   */
  closed(): Future<void> {
    return new Closed(this.#open(), { budgeted: true });
  }

  /** Another receiver. What is there now counts as seen. */
  subscribe(): Receiver<T> {
    const channel = this.#open();
    channel.receivers += 1;
    return new Receiver(channel, channel.version);
  }

  /** How many receivers there are. */
  get receiverCount(): number {
    return this.#channel.receivers;
  }

  /** How many senders there are, this one included. */
  get senderCount(): number {
    return this.#channel.senders;
  }

  /** Another sender of the same channel. */
  clone(): Sender<T> {
    const channel = this.#open();
    return new Sender(channel, channel.addSender());
  }

  /** Is that one of the same channel? */
  sameChannel(other: Sender<T>): boolean {
    return this.#channel === other.#channel;
  }

  /** Drops this sender. When the last one is gone, receivers hear it once they have seen the last value. */
  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#channel.senderGone(this.#number);
  }
}
