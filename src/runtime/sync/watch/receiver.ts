/**
 * The receiving ends.
 *
 * @module
 */
import { InvalidOptionError } from '../../errors.ts';
import type { Future } from '../../future.ts';
import { RecvError, UsedAfterDropError } from '../channel-errors.ts';
import { Changed, WaitFor } from './changed.ts';
import { type Channel, Seen } from './channel.ts';

/**
 * The receiving end of a watch channel: one of many, and each knows what it has seen.
 *
 * @example
 * ```ts
 * const [tx, rx] = watch.channel(20);
 * tx.send(60);
 * tx.send(100);
 * yield* rx.changed(); // One change, however often the value was replaced.
 * rx.borrow(); // => 100
 * rx.hasChanged(); // => false
 * ```
 */
export class Receiver<T> implements Disposable {
  readonly #channel: Channel<T>;
  readonly #seen: Seen;

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>, version: number) {
    this.#channel = channel;
    this.#seen = new Seen(version);
  }

  #open(): Channel<T> {
    if (this.#seen.gone) throw new UsedAfterDropError('receiver');
    return this.#channel;
  }

  /** The value as it is now. What was new stays new. It is shared with everybody who looks. */
  borrow(): T {
    return this.#open().value;
  }

  /** The value as it is now, which is seen from here on. */
  borrowAndUpdate(): T {
    this.markUnchanged();
    return this.#channel.value;
  }

  /**
   * Waits for a value that was not seen yet, and marks it as seen. Look at it with {@link borrow}.
   *
   * Several changes in between are one. A value that is equal to the one before is a change, too.
   *
   * **Order:** who waits longest runs first; everybody is woken. **Cancel safety:** nothing is lost.
   *
   * @throws {RecvError} if everything was seen and the last sender is gone.
   * @throws {SharedReceiverError} if somebody waits at this receiver already.
   */
  changed(): Future<void> {
    return new Changed(this.#open(), this.#seen);
  }

  /**
   * Waits until a value is what `isIt` says, and answers it. The value that is there now is asked
   * first, seen or not. Whatever was asked is seen.
   *
   * **Order:** who waits longest runs first; everybody is woken. **Cancel safety:** nothing is lost,
   * but what was asked is seen.
   *
   * @throws {RecvError} if no value was it and the last sender is gone; what `isIt` throws.
   * @throws {SharedReceiverError} if somebody waits at this receiver already.
   * @throws {InvalidOptionError} unless `isIt` is a function.
   *
   * @example
   * ```ts
   * const [tx, rx] = watch.channel({ celsius: 20 });
   * spawn(function* () {
   *   for (const celsius of [60, 80, 100]) {
   *     yield* sleep(5);
   *     tx.send({ celsius });
   *   }
   * }());
   * yield* rx.waitFor(({ celsius }) => celsius >= 80); // => { celsius: 80 }
   * ```
   */
  waitFor(isIt: (value: T) => boolean): Future<T> {
    if (typeof isIt !== 'function') throw new InvalidOptionError('waitFor()', 'a function that looks at a value', isIt);
    return new WaitFor(this.#open(), this.#seen, isIt);
  }

  /** Is there a value that was not seen yet? @throws {RecvError} as soon as the last sender is gone. */
  hasChanged(): boolean {
    const channel = this.#open();
    if (channel.senders === 0) throw new RecvError();
    return this.#seen.version !== channel.version;
  }

  /** Makes the value new again: the next `changed()` does not wait. */
  markChanged(): void {
    const channel = this.#open();
    this.#seen.version -= 1;
    channel.wake(this.#seen);
  }

  /** Makes the value seen, as if it had been looked at. */
  markUnchanged(): void {
    this.#seen.version = this.#open().version;
  }

  /** Another receiver, which has seen what this one has. */
  clone(): Receiver<T> {
    const channel = this.#open();
    channel.receivers += 1;
    return new Receiver(channel, this.#seen.version);
  }

  /** Is that one of the same channel? */
  sameChannel(other: Receiver<T>): boolean {
    return this.#channel === other.#channel;
  }

  /** Drops this receiver. When the last one is gone, the senders hear it. */
  [Symbol.dispose](): void {
    if (this.#seen.gone) return;
    this.#seen.gone = true;
    this.#channel.receiverGone(this.#seen);
  }
}
