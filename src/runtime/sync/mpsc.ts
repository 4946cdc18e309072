/**
 * A queue between tasks: many producers, one consumer.
 *
 * ```text
 *   tx.send(v) ──▶ ┌──────────────┐ ──▶ rx.recv()
 *   tx.send(v) ──▶ │ capacity: 32 │
 *   tx.send(v) ──▶ └──────────────┘
 *      waits while it is full             waits while it is empty
 * ```
 *
 * A channel with a capacity slows its producers down to the pace of its consumer: that is
 * backpressure. Each receive frees one slot, and gives it to the producer that has waited longest.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import type { Context, Waker } from '../context.ts';
import { InvalidOptionError, PolledAfterCompletionError } from '../errors.ts';
import { type Async, dropEach, Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind, tracing } from '../resource.ts';
import { Ring } from '../ring.ts';
import { drop, Task } from '../task.ts';
import { Elapsed, timeout } from '../time/timeout.ts';
import { SendError, SendTimeoutError, TryRecvError, TrySendError, UsedAfterDropError } from './channel-errors.ts';
import { type Closable, Closed } from './closed.ts';
import { type Claim, type PermitObserver, Permits } from './permits.ts';
import { WaitLine } from './wait-line.ts';

/** What all handles of a channel share. */
class Channel<T> extends Resource implements PermitObserver, Closable {
  readonly queue = new Ring<T>();
  /** One permit for each free slot; undefined where there is no limit. */
  readonly permits: Permits | undefined;
  /** How many messages fit in, or undefined. */
  readonly capacity: number | undefined;
  /** Tasks that wait in `tx.closed()`. */
  readonly watchers = new WaitLine();
  senders = 1;
  /** The receiver has closed the channel, or is gone: nothing can be sent any more. */
  closed = false;
  /** The receiver is gone for good: a permit that still sends drops its message. */
  receiverGone = false;
  /** Whom to wake when there is something to receive; it may have gone on to something else by then. */
  receiver: Waker | undefined = undefined;
  /** Does it wait in `recv()` right now? */
  receiverWaits = false;

  constructor(capacity: number | undefined) {
    super();
    this.capacity = capacity;
    this.permits = capacity === undefined ? undefined : new Permits(capacity, this);
    tracing()?.resource(this);
  }

  override get kind(): ResourceKind {
    return 'channel';
  }

  override get detail(): string {
    return this.capacity === undefined ? 'mpsc, unbounded' : `mpsc, capacity ${this.capacity}`;
  }

  queued(): void {
    tracing()?.op(this, { op: 'full', ...this.#fill() });
  }

  granted(claim: Claim): void {
    const { waker } = claim;
    tracing()?.granted(this, waker instanceof Task ? waker : undefined);
    waker.wake(this);
  }

  #fill(): { length: number; capacity: number | null } {
    return { length: this.queue.length, capacity: this.capacity ?? null };
  }

  /** Puts a message in. The caller holds a permit for it. */
  push(value: T): void {
    if (this.receiverGone) {
      this.permits?.add(1);
      drop(value);
      return;
    }
    this.queue.push(value);
    tracing()?.op(this, { op: 'sent', ...this.#fill() });
    this.wakeReceiver();
  }

  /** Takes the oldest message out; its slot goes to the sender that has waited longest. */
  pop(): T {
    const value = this.queue.shift() as T;
    tracing()?.op(this, { op: 'received', ...this.#fill() });
    this.permits?.add(1);
    return value;
  }

  /** The receiver is gone: nobody will want what is in it. */
  clear(): void {
    const messages: T[] = [];
    while (this.queue.length > 0) messages.push(this.queue.shift() as T);
    if (messages.length > 0) tracing()?.op(this, { op: 'discarded', ...this.#fill() });
    this.permits?.add(messages.length);
    dropEach(messages, drop);
  }

  wakeReceiver(): void {
    const { receiver } = this;
    this.receiver = undefined;
    this.receiverWaits = false;
    receiver?.wake(this);
  }

  /** Nothing is in it, and nothing will come. Outstanding permits may still bring something. */
  get exhausted(): boolean {
    if (this.queue.length > 0) return false;
    return this.senders === 0 || (this.closed && (this.permits?.available ?? 0) === (this.capacity ?? 0));
  }

  /** A permit came back unused. */
  returnPermit(): void {
    this.permits?.add(1);
    if (this.closed && this.exhausted) this.wakeReceiver();
  }

  senderGone(): void {
    this.senders -= 1;
    if (this.senders > 0) return;
    if (!this.closed) tracing()?.op(this, { op: 'closed', by: 'senders' });
    this.wakeReceiver();
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    tracing()?.op(this, { op: 'closed', by: 'receiver' });
    this.permits?.close((claim) => claim.waker.wake(this));
    for (const { waker } of this.watchers.leaveAll()) waker.wake(this);
    // In Rust nobody can wait in recv() meanwhile; here another branch or task may.
    if (this.receiverWaits && this.exhausted) this.wakeReceiver();
  }
}

/**
 * A channel that holds at most `capacity` messages: `const [tx, rx] = mpsc.channel<string>(32)`.
 *
 * @throws {InvalidOptionError} unless the capacity is a whole number from 1 on.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<string>(32);
 * spawn(function* () {
 *   using sender = tx; // Dropping the last sender closes the channel.
 *   yield* sender.send('Message 1');
 * }());
 * yield* rx.recv(); // => 'Message 1'
 * yield* rx.recv(); // => undefined
 * ```
 */
export function channel<T>(capacity: number): [Sender<T>, Receiver<T>] {
  if (!Number.isSafeInteger(capacity) || capacity < 1) {
    throw new InvalidOptionError('mpsc.channel()', 'a capacity of 1 or more', capacity);
  }
  const shared = new Channel<T>(capacity);
  return [new Sender(shared), new Receiver(shared)];
}

/**
 * A channel without a limit: sending never waits, and nothing slows a producer down.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.unboundedChannel<number>();
 * tx.send(1);
 * rx.length; // => 1
 * ```
 */
export function unboundedChannel<T>(): [UnboundedSender<T>, Receiver<T>] {
  const shared = new Channel<T>(undefined);
  return [new UnboundedSender(shared), new Receiver(shared)];
}

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
    return new Closed(this.open());
  }

  /** Drops this sender. When the last one is gone, the receiver drains what is left and hears it. */
  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    this.#channel.senderGone();
  }
}

/** The sending end of a bounded channel. */
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
    const channel = this.open();
    if (channel.closed) throw new TrySendError(value, 'closed');
    if (!channel.permits?.tryAcquire()) throw new TrySendError(value, 'full');
    channel.push(value);
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
    const channel = this.open();
    if (channel.closed) throw new TrySendError(undefined, 'closed');
    if (!channel.permits?.tryAcquire()) throw new TrySendError(undefined, 'full');
    return new Permit(channel);
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

/** The sending end of a channel without a limit. */
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

/** Room for one message, kept by {@link Sender.reserve}. Dropping it frees the room. */
export class Permit<T> implements Disposable {
  #channel: Channel<T> | undefined;

  /** @internal */
  constructor(channel: Channel<T>) {
    this.#channel = channel;
    // Something may still come: the permit keeps the channel open as a sender does.
    channel.senders += 1;
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

/** The receiving end. */
export class Receiver<T> implements Disposable {
  readonly #channel: Channel<T>;
  #dropped = false;

  /** @internal */
  constructor(channel: Channel<T>) {
    this.#channel = channel;
  }

  /**
   * Waits for a message. Answers `undefined` once the channel is closed and empty, from then on.
   *
   * **Order:** messages come in the order in which they were sent. **Cancel safety:** nothing is
   * lost.
   */
  recv(): Future<T | undefined> {
    if (this.#dropped) throw new UsedAfterDropError('receiver');
    return new Recv(this.#channel);
  }

  /**
   * Takes a message if there is one right now.
   *
   * @throws {TryRecvError} that `isEmpty()` if one may still come, or `isDisconnected()`.
   */
  tryRecv(): T {
    const channel = this.#channel;
    if (channel.queue.length > 0) return channel.pop();
    if (channel.exhausted) throw new TryRecvError('disconnected', 'receiving on a closed channel');
    throw new TryRecvError('empty', 'receiving on an empty channel');
  }

  /** Refuses new messages. What is in the channel, or has a permit, can still be received. */
  close(): void {
    this.#channel.close();
  }

  /** Is the channel closed, or every sender gone? */
  isClosed(): boolean {
    return this.#channel.closed || this.#channel.senders === 0;
  }

  /** How many messages wait to be received. */
  get length(): number {
    return this.#channel.queue.length;
  }

  /** Closes the channel and drops what is in it. */
  [Symbol.dispose](): void {
    if (this.#dropped) return;
    this.#dropped = true;
    const channel = this.#channel;
    channel.receiverGone = true;
    channel.close();
    channel.clear();
  }
}

class Recv<T> extends Future<T | undefined> {
  readonly #channel: Channel<T>;

  constructor(channel: Channel<T>) {
    super();
    this.#channel = channel;
  }

  override get label(): string {
    return 'recv()';
  }

  override get awaited(): Resource {
    return this.#channel;
  }

  override poll(cx: Context): Poll<T | undefined> {
    if (!mayProceed(cx)) return Pending;
    const channel = this.#channel;
    if (channel.queue.length > 0) {
      spend();
      return channel.pop();
    }
    if (channel.exhausted) {
      spend();
      return undefined;
    }
    channel.receiver = cx.leafWaker;
    channel.receiverWaits = true;
    return Pending;
  }

  override drop(): void {
    this.#channel.receiverWaits = false;
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
    if (claim !== undefined) this.#channel.permits?.abandon(claim);
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
    this.#channel.permits?.abandon(claim);
  }
}

class Send<T> extends Slot<T, void> {
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

class Reserve<T> extends Slot<T, Permit<T>> {
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
