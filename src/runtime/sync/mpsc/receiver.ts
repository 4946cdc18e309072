/**
 * The receiving end.
 *
 * @module
 */
import { mayProceed, spend } from '../../budget.ts';
import type { Context } from '../../context.ts';
import { InvalidOptionError, PolledAfterCompletionError } from '../../errors.ts';
import { Future, Pending, type Poll } from '../../future.ts';
import type { Resource } from '../../resource.ts';
import { TryRecvError, UsedAfterDropError } from '../channel-errors.ts';
import type { Channel } from './channel.ts';

/**
 * The receiving end of an mpsc channel.
 *
 * @example
 * ```ts
 * const [tx, rx] = mpsc.channel<number>(8);
 * for (const n of [1, 2, 3]) tx.trySend(n);
 * rx.close(); // Nothing more comes in; what is there can still be received.
 * const received: number[] = [];
 * for (let n = yield* rx.recv(); n !== undefined; n = yield* rx.recv()) received.push(n);
 * received; // => [1, 2, 3]
 * ```
 */
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
   * Waits for messages, and takes all there are, but not more than `limit`. Answers `[]` once the
   * channel is closed and empty, and if the limit is 0.
   *
   * **Order:** messages come in the order in which they were sent. **Cancel safety:** nothing is
   * lost.
   *
   * @throws {InvalidOptionError} unless the limit is a whole number from 0 on.
   *
   * @example
   * ```ts
   * const [tx, rx] = mpsc.channel<number>(8);
   * for (const n of [1, 2, 3]) tx.trySend(n);
   * yield* rx.recvMany(2); // => [1, 2]
   * yield* rx.recvMany(2); // => [3]
   * ```
   */
  recvMany(limit: number): Future<T[]> {
    if (this.#dropped) throw new UsedAfterDropError('receiver');
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new InvalidOptionError('recvMany()', 'a limit of 0 or more', limit);
    return new RecvMany(this.#channel, limit);
  }

  /**
   * Takes a message if there is one right now.
   *
   * @throws {TryRecvError} that `isEmpty()` if one may still come, or `isDisconnected()`.
   */
  tryRecv(): T {
    if (this.#dropped) throw new UsedAfterDropError('receiver');
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
    return this.#channel.closed || this.#channel.abandoned;
  }

  /** How many messages wait to be received. */
  get length(): number {
    return this.#channel.queue.length;
  }

  /** Is there nothing to receive right now? */
  isEmpty(): boolean {
    return this.length === 0;
  }

  /** How many more messages fit in right now. Unit: messages; `Infinity` without a limit. */
  get capacity(): number {
    return this.#channel.permits?.available ?? Number.POSITIVE_INFINITY;
  }

  /** How many messages fit in when it is empty. Unit: messages; `Infinity` without a limit. */
  get maxCapacity(): number {
    return this.#channel.capacity ?? Number.POSITIVE_INFINITY;
  }

  /** How many senders there are. Permits and weak senders do not count. */
  get senderStrongCount(): number {
    return this.#channel.senders;
  }

  /** How many weak senders there are. */
  get senderWeakCount(): number {
    return this.#channel.weakSenders;
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

/**
 * What `recv` and `recvMany` have in common: they wait until there is something, or never will be. Its
 * constructor is inlined into those below it: see `docs/decisions.md`, "Fields of base classes".
 */
abstract class Receive<T, R> extends Future<R> {
  declare protected readonly channel: Channel<T>;
  declare private done: boolean;

  constructor(channel: Channel<T>) {
    super();
    this.channel = channel;
    this.done = false;
  }

  override get awaited(): Resource {
    return this.channel;
  }

  /** Takes what there is; nothing, if there never will be. */
  protected abstract take(): R;

  /** Is there something to answer? */
  protected get isReady(): boolean {
    return this.channel.queue.length > 0 || this.channel.exhausted;
  }

  override poll(cx: Context): Poll<R> {
    if (this.done) throw new PolledAfterCompletionError(this.label);
    if (!mayProceed(cx)) return Pending;
    if (this.isReady) {
      this.done = true;
      spend();
      return this.take();
    }
    this.channel.receiver = cx.leafWaker;
    this.channel.receiving = this;
    return Pending;
  }

  override drop(): void {
    if (this.channel.receiving === this) this.channel.receiving = undefined;
  }
}

class Recv<T> extends Receive<T, T | undefined> {
  // Said, not left out: a constructor that is not there costs a call for each level.
  constructor(channel: Channel<T>) {
    super(channel);
  }

  override get label(): string {
    return 'recv()';
  }

  protected override take(): T | undefined {
    return this.channel.queue.length > 0 ? this.channel.pop() : undefined;
  }
}

class RecvMany<T> extends Receive<T, T[]> {
  readonly #limit: number;

  constructor(channel: Channel<T>, limit: number) {
    super(channel);
    this.#limit = limit;
  }

  override get label(): string {
    return `recvMany(${this.#limit})`;
  }

  protected override get isReady(): boolean {
    return this.#limit === 0 || super.isReady;
  }

  protected override take(): T[] {
    return this.channel.popMany(this.#limit);
  }
}
