/**
 * Waiting for room in a channel, and keeping it.
 *
 * @module
 */
import type { Context } from '../../context.ts';
import type { Poll } from '../../future.ts';
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

  /** @internal The channel counts it already. */
  constructor(channel: Channel<T>) {
    this.#channel = channel;
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
    channel.permitUsed();
  }

  [Symbol.dispose](): void {
    const channel = this.#channel;
    this.#channel = undefined;
    channel?.returnPermits(1);
  }
}

/**
 * Room for several messages, kept by `reserveMany`: gives out one {@link Permit} after the other.
 * Dropping it, or leaving its loop early, frees what is left.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<number>(3);
 * let n = 0;
 * for (const permit of yield* tx.reserveMany(2)) permit.send(n++);
 * [rx.length, tx.capacity]; // => [2, 1]
 * ```
 */
export class PermitIterator<T> implements Disposable, IterableIterator<Permit<T>> {
  readonly #channel: Channel<T>;
  #left: number;

  /** @internal The channel counts its permits already. */
  constructor(channel: Channel<T>, count: number) {
    this.#channel = channel;
    this.#left = count;
  }

  /** How many permits are left. */
  get length(): number {
    return this.#left;
  }

  /** The next permit, for `for … of`. */
  next(): IteratorResult<Permit<T>, undefined> {
    if (this.#left === 0) return { done: true, value: undefined };
    this.#left -= 1;
    return { done: false, value: new Permit(this.#channel) };
  }

  /** The loop was left early. */
  return(): IteratorResult<Permit<T>, undefined> {
    this[Symbol.dispose]();
    return { done: true, value: undefined };
  }

  [Symbol.iterator](): this {
    return this;
  }

  [Symbol.dispose](): void {
    const left = this.#left;
    this.#left = 0;
    this.#channel.returnPermits(left);
  }
}

/** Waiting for room: what `send` and `reserve` have in common. See {@link Acquire} for how its fields are made. */
abstract class Slot<T, R> extends Acquire<R> {
  declare protected readonly channel: Channel<T>;

  constructor(channel: Channel<T>, count: number) {
    super(channel.permits as Permits, count);
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
  readonly #isOwner: boolean;

  /** @param isOwner goes the message with it when it is dropped, or does somebody keep it? */
  constructor(channel: Channel<T>, value: T, isOwner = true) {
    super(channel, 1);
    this.#value = value;
    this.#isOwner = isOwner;
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

  override drop(): void {
    if (this.isDone) return;
    super.drop();
    if (this.#isOwner) drop(this.#value);
  }
}

/** `tx.reserve()` */
export class Reserve<T> extends Slot<T, Permit<T>> {
  constructor(channel: Channel<T>) {
    super(channel, 1);
  }

  override get label(): string {
    return 'reserve()';
  }

  protected override use(): Permit<T> {
    this.channel.reserved(1);
    return new Permit(this.channel);
  }

  protected override refuse(): never {
    throw new SendError(undefined);
  }
}

/** `tx.reserveMany(count)` */
export class ReserveMany<T> extends Slot<T, PermitIterator<T>> {
  readonly #room: number;

  constructor(channel: Channel<T>, room: number) {
    super(channel, room);
    this.#room = room;
  }

  override get label(): string {
    return `reserveMany(${this.#room})`;
  }

  override poll(cx: Context): Poll<PermitIterator<T>> {
    // There will never be so much room.
    if (this.#room > (this.channel.capacity ?? 0)) return this.refuse();
    return super.poll(cx);
  }

  protected override use(): PermitIterator<T> {
    this.channel.reserved(this.#room);
    return new PermitIterator(this.channel, this.#room);
  }

  protected override refuse(): never {
    throw new SendError(undefined);
  }
}
