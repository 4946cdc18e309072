/**
 * Waiting for room in a channel, and keeping it.
 *
 * @module
 */
import type { Resource } from '../../resource.ts';
import { drop } from '../../task.ts';
import { Acquire } from '../acquire.ts';
import { SendError, UsedAfterDropError } from '../channel-errors.ts';
import type { Claim, Permits } from '../permits.ts';
import type { Channel } from './channel.ts';

/**
 * Room for one message, kept by `reserve`. Dropping it frees the room.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<string>(1);
 * const permit = yield* tx.reserve();
 * tx.capacity; // => 0
 * permit.send('kept its place');
 * yield* rx.recv(); // => 'kept its place'
 * ```
 */
export class Permit<T> implements Disposable {
  #channel: Channel<T> | undefined;

  /** @internal */
  constructor(channel: Channel<T>) {
    this.#channel = channel;
    channel.reserved();
  }

  /**
   * Sends into the kept room, also after the receiver has closed the channel. The order of messages
   * is the order of these calls, not that of the reservations.
   */
  send(value: T): void {
    const channel = this.#channel;
    if (channel === undefined) throw new UsedAfterDropError('permit');
    this.#channel = undefined;
    channel.push(value);
    channel.senderGone();
  }

  [Symbol.dispose](): void {
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.returnPermit();
    channel?.senderGone();
  }
}

/** Waiting for a slot: what `send` and `reserve` have in common. */
abstract class Slot<T, R> extends Acquire<R> {
  protected readonly channel: Channel<T>;

  constructor(channel: Channel<T>) {
    super(channel.permits as Permits, 1);
    this.channel = channel;
  }

  override get awaited(): Resource {
    return this.channel;
  }

  protected override abandon(claim: Claim): void {
    this.channel.abandon(claim);
  }
}

/** `tx.send(value)` */
export class Send<T> extends Slot<T, void> {
  readonly #value: T;

  constructor(channel: Channel<T>, value: T) {
    super(channel);
    this.#value = value;
  }

  override get label(): string {
    return 'send()';
  }

  protected override use(): void {
    this.channel.push(this.#value);
  }

  protected override refuse(): never {
    throw new SendError(this.#value);
  }

  // The message was given to this future, and goes with it.
  override drop(): void {
    if (this.isDone) return;
    super.drop();
    drop(this.#value);
  }
}

/** `tx.reserve()` */
export class Reserve<T> extends Slot<T, Permit<T>> {
  override get label(): string {
    return 'reserve()';
  }

  protected override use(): Permit<T> {
    return new Permit(this.channel);
  }

  protected override refuse(): never {
    throw new SendError(undefined);
  }
}
