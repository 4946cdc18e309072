/**
 * What all handles of a broadcast channel share.
 *
 * @module
 */

import { tracing } from '../../context.ts';
import { dropEach } from '../../future.ts';
import type { ResourceKind } from '../../resource.ts';
import { drop } from '../../task.ts';
import { LaggedError, SendError } from '../channel-errors.ts';
import type { Closable } from '../closed.ts';
import { SentChannel } from '../sent-channel.ts';
import { type Ticket, WaitLine } from '../wait-line.ts';

/** Where a receiver stands, shared by it and its waits. */
export class Cursor {
  /** The number of the message that it reads next. */
  next: number;
  gone = false;
  /** Where it waits, if it does. */
  ticket: Ticket | undefined = undefined;

  constructor(next: number) {
    this.next = next;
  }
}

/** A message that is kept. */
interface Slot<T> {
  /** Undefined once everybody has read it. */
  value: T | undefined;
  /** How many receivers have still to read it. */
  unread: number;
  /** Somebody has received it, and owns it now: whoever comes after gets the same. */
  received: boolean;
}

/** The last messages, and who is there to send and to receive. */
export class Channel<T> extends SentChannel implements Closable {
  readonly capacity: number;
  /** Message n is in slot n % capacity. */
  readonly #slots: Slot<T>[] = [];
  /** How many messages were sent so far; also the number of the next one. */
  #sent = 0;
  weakSenders = 0;
  receivers = 1;
  /** Receivers that wait for a message. */
  readonly line = new WaitLine();
  /** Senders that wait in `closed()`. */
  readonly watchers = new WaitLine();

  constructor(capacity: number) {
    super();
    this.capacity = capacity;
    tracing()?.resource(this);
  }

  override get kind(): ResourceKind {
    return 'broadcast';
  }

  override get detail(): string {
    return `broadcast, capacity ${this.capacity}`;
  }

  /** Nobody receives any more. Another receiver may come. */
  get closed(): boolean {
    return this.receivers === 0;
  }

  #slot(message: number): Slot<T> {
    return this.#slots[message % this.capacity] as Slot<T>;
  }

  /** The number of the oldest message that is kept. */
  get #oldest(): number {
    return Math.max(0, this.#sent - this.capacity);
  }

  /** How many messages somebody has still to read. */
  get length(): number {
    // Whoever has to read a message has to read all that came after it: so those that everybody has
    // read come first, and the border is found by halving.
    let [low, high] = [this.#oldest, this.#sent];
    while (low < high) {
      const middle = low + Math.floor((high - low) / 2);
      if (this.#slot(middle).unread === 0) low = middle + 1;
      else high = middle;
    }
    return this.#sent - low;
  }

  #fill(): { length: number; capacity: number } {
    return { length: this.length, capacity: this.capacity };
  }

  /** Keeps a message, in place of the oldest one if there is no room. Answers how many will get it. */
  send(value: T): number {
    const { receivers } = this;
    if (receivers === 0) throw new SendError(value);
    const index = this.#sent % this.capacity;
    const overwritten = this.#slots[index];
    this.#slots[index] = { value, unread: receivers, received: false };
    this.#sent += 1;
    tracing()?.op(this, { op: 'sent', ...this.#fill() });
    this.#wakeAll(this.line);
    if (overwritten !== undefined && isLost(overwritten)) drop(overwritten.value);
    return receivers;
  }

  /** How many messages a receiver has not read; more than are kept, if it lags. */
  unread({ next }: Cursor): number {
    return this.#sent - next;
  }

  /** Takes the next message of a receiver that has some. @throws {LaggedError} if it is not kept any more. */
  take(cursor: Cursor): T {
    const skipped = this.#oldest - cursor.next;
    if (skipped > 0) {
      cursor.next += skipped;
      tracing()?.op(this, { op: 'lagged', missed: skipped });
      throw new LaggedError(skipped);
    }
    const slot = this.#slot(cursor.next);
    const value = slot.value as T;
    cursor.next += 1;
    slot.received = true;
    slot.unread -= 1;
    // Nobody else will ask for it.
    if (slot.unread === 0) slot.value = undefined;
    tracing()?.op(this, { op: 'received', ...this.#fill() });
    return value;
  }

  /** A new receiver: it reads what is sent from now on. */
  subscribe(): Cursor {
    this.receivers += 1;
    return new Cursor(this.#sent);
  }

  protected override sendersGone(): void {
    tracing()?.op(this, { op: 'closed', by: 'senders' });
    this.#wakeAll(this.line);
  }

  receiverGone(cursor: Cursor): void {
    this.receivers -= 1;
    const before = tracing() === undefined ? 0 : this.length;
    const lost = this.#discard(cursor);
    if (tracing() !== undefined && this.length < before) tracing()?.op(this, { op: 'discarded', ...this.#fill() });
    if (this.closed) {
      if (this.senders > 0) tracing()?.op(this, { op: 'closed', by: 'receiver' });
      this.#wakeAll(this.watchers);
    }
    this.#wake(cursor);
    dropEach(lost, drop);
  }

  /** A receiver will not read the rest. Answers what nobody else will read, and nobody has received. */
  #discard(cursor: Cursor): T[] {
    const lost: T[] = [];
    for (let message = Math.max(cursor.next, this.#oldest); message < this.#sent; message++) {
      const slot = this.#slot(message);
      if (slot.unread === 1 && isLost(slot)) lost.push(slot.value as T);
      slot.unread -= 1;
      if (slot.unread === 0) slot.value = undefined;
    }
    cursor.next = this.#sent;
    return lost;
  }

  /** Wakes what still waits for a receiver that is gone: in Rust nothing could, here a program can. */
  #wake({ ticket }: Cursor): void {
    if (!ticket?.inLine) return;
    this.line.leave(ticket);
    ticket.waker.wake(this);
  }

  #wakeAll(line: WaitLine): void {
    for (const { waker } of line.leaveAll()) waker.wake(this);
  }
}

/** It is still there, and nobody has received it: who puts it away must dispose it. */
function isLost({ unread, received }: Slot<unknown>): boolean {
  return unread > 0 && !received;
}
