/**
 * The receiving end.
 *
 * @module
 */
import { mayProceed, spend } from '../../budget.ts';
import type { Context } from '../../context.ts';
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
