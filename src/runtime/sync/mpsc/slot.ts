/**
 * Waiting for room in a channel, and keeping it.
 *
 * @module
 */
import { mayProceed, spend } from '../../budget.ts';
import type { Context } from '../../context.ts';
import { PolledAfterCompletionError } from '../../errors.ts';
import { Future, Pending, type Poll } from '../../future.ts';
import { type Resource, tracing } from '../../resource.ts';
import { drop } from '../../task.ts';
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
abstract class Slot<T, R> extends Future<R> {
  readonly #channel: Channel<T>;
  #claim: Claim | undefined = undefined;
  #done = false;

  constructor(channel: Channel<T>) {
    super();
    this.#channel = channel;
  }

  override get awaited(): Resource {
    return this.#channel;
  }

  /** Has it answered, or been dropped? */
  protected get isDone(): boolean {
    return this.#done;
  }

  /** The slot is ours. */
  protected abstract use(channel: Channel<T>): R;

  /** There will be none. */
  protected abstract refuse(): never;

  override poll(cx: Context): Poll<R> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    if (!mayProceed(cx)) return Pending;
    const granted = this.#acquire(cx);
    if (granted === Pending) return Pending;
    spend();
    this.#done = true;
    const claim = this.#claim;
    this.#claim = undefined;
    if (granted) return this.use(this.#channel);
    if (claim !== undefined) this.#channel.abandon(claim);
    return this.refuse();
  }

  #acquire(cx: Context): boolean | Pending {
    const permits = this.#channel.permits as Permits;
    if (this.#claim !== undefined) return permits.pollAcquired(this.#claim, cx);
    if (permits.closed) return false;
    if (permits.tryAcquire()) return true;
    this.#claim = permits.queue(1, cx);
    return Pending;
  }

  override drop(): void {
    this.#done = true;
    const claim = this.#claim;
    if (claim === undefined) return;
    this.#claim = undefined;
    tracing()?.op(this.#channel, { op: 'abandoned', granted: claim.missing === 0 });
    this.#channel.abandon(claim);
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

  protected override use(channel: Channel<T>): void {
    channel.push(this.#value);
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

  protected override use(channel: Channel<T>): Permit<T> {
    return new Permit(channel);
  }

  protected override refuse(): never {
    throw new SendError(undefined);
  }
}
