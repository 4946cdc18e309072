/**
 * What all handles of an mpsc channel share.
 *
 * @module
 */
import { tracing, type Waker } from '../../context.ts';
import { dropEach, type Future } from '../../future.ts';
import type { ResourceKind } from '../../resource.ts';
import { Ring } from '../../ring.ts';
import { drop } from '../../task.ts';
import type { Closable } from '../closed.ts';
import { type Claim, type PermitObserver, Permits } from '../permits.ts';
import { SentChannel } from '../sent-channel.ts';
import { WaitLine } from '../wait-line.ts';

/** The queue, its free slots, and who is there to send and to receive. */
export class Channel<T> extends SentChannel implements PermitObserver, Closable {
  readonly queue = new Ring<T>();
  /** One permit for each free slot; undefined where there is no limit. */
  readonly permits: Permits | undefined;
  /** How many messages fit in, or undefined. */
  readonly capacity: number | undefined;
  /** Tasks that wait in `tx.closed()`. */
  readonly watchers = new WaitLine();
  weakSenders = 0;
  /** Permits that are out: each keeps the channel open as a sender does. */
  #kept = 0;
  /** The receiver has closed the channel, or is gone: nothing can be sent any more. */
  closed = false;
  /** The receiver is gone for good: a permit that still sends drops its message. */
  receiverGone = false;
  /** Whom to wake when there is something to receive; it may have gone on to something else by then. */
  receiver: Waker | undefined = undefined;
  /** The `recv()` that waits right now. */
  receiving: Future<unknown> | undefined = undefined;

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
    const { waker, granted } = claim;
    tracing()?.granted(this, waker.task, granted);
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
    const value = this.#shift();
    this.permits?.add(1);
    return value;
  }

  /** Takes several out. Their slots are given away together, so that nobody can send in between. */
  popMany(limit: number): T[] {
    const messages: T[] = [];
    while (messages.length < limit && this.queue.length > 0) messages.push(this.#shift());
    this.permits?.add(messages.length);
    return messages;
  }

  #shift(): T {
    const value = this.queue.shift() as T;
    tracing()?.op(this, { op: 'received', ...this.#fill() });
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
    if (receiver === undefined) return;
    this.receiver = undefined;
    this.receiving = undefined;
    receiver.wake(this);
  }

  /** No sender and no permit is left. */
  override get abandoned(): boolean {
    return this.senders + this.#kept === 0;
  }

  /** Nothing is in it, and nothing will come. Outstanding permits may still bring something. */
  get exhausted(): boolean {
    if (this.queue.length > 0) return false;
    return this.abandoned || (this.closed && (this.permits?.available ?? 0) === (this.capacity ?? 0));
  }

  /** Room is kept for so many messages. */
  reserved(count: number): void {
    if (count === 0) return;
    this.#kept += count;
    tracing()?.op(this, { op: 'reserved', ...this.#fill() });
  }

  /** A permit has sent its message. */
  permitUsed(): void {
    this.#kept -= 1;
    if (this.abandoned) this.sendersGone();
  }

  /** So many permits came back unused. */
  returnPermits(count: number): void {
    if (count === 0) return;
    this.#kept -= count;
    tracing()?.op(this, { op: 'returned', ...this.#fill() });
    this.permits?.add(count);
    if (this.closed && this.exhausted) this.wakeReceiver();
    if (this.abandoned) this.sendersGone();
  }

  /** A claim is given up. What it had been granted may be the last thing that a closed channel waited for. */
  abandon(claim: Claim): void {
    this.permits?.abandon(claim);
    if (this.closed && this.exhausted) this.wakeReceiver();
  }

  protected override sendersGone(): void {
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
    if (this.receiving !== undefined && this.exhausted) this.wakeReceiver();
  }
}
