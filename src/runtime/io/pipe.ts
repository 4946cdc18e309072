/**
 * One direction of a {@link duplex}: bytes go in here and come out there, in order, and no more
 * than so many are under way.
 *
 * ```text
 *   writers ─┬─▶ the oldest writes what fits ─▶ [ at most `maxBytes` ] ─▶ whoever reads
 *            └─▶ the others wait for it
 * ```
 *
 * Writing wakes who reads, and reading wakes who writes. In Tokio a pipe has room for one of each;
 * here a pipe may be shared, so readers and writers stand in line, and what one task writes is not
 * cut in two by another's.
 *
 * @module
 */
import { tracing, type Waker } from '../context.ts';
import type { Future } from '../future.ts';
import { Resource, type ResourceKind } from '../resource.ts';
import { Ticket, WaitLine } from '../sync/wait-line.ts';
import { ByteQueue } from './byte-queue.ts';
import { Read, Shutdown, WriteAll } from './pipe-waits.ts';
import { toBytes } from './text.ts';

/** A write that has begun and is not finished. */
export class Turn extends Ticket {
  /** It found no room, or is not the first: it wants to be woken. */
  waits = false;
}

/** The bytes on their way, and who waits at which end of it. */
export class Pipe extends Resource {
  readonly #detail: string;
  readonly bytes = new ByteQueue();
  readonly maxBytes: number;
  readonly readers = new WaitLine();
  readonly writers = new WaitLine<Turn>();
  /** Who waits until the writers before it are done, to say that this was all. */
  readonly enders = new WaitLine();
  /** No write may begin any more. */
  ending = false;
  /** Nothing more will come in: all was written, or an end is gone. */
  closed = false;
  /** The end that reads is gone. */
  unread = false;

  constructor(maxBytes: number, detail: string) {
    super();
    this.maxBytes = maxBytes;
    this.#detail = detail;
    tracing()?.resource(this);
  }

  override get kind(): ResourceKind {
    return 'pipe';
  }

  override get detail(): string {
    return this.#detail;
  }

  read(buffer: Uint8Array): Future<number> {
    return new Read(this, buffer);
  }

  writeAll(data: Uint8Array | string): Future<void> {
    return new WriteAll(this, toBytes(data));
  }

  shutdown(): Future<void> {
    return new Shutdown(this);
  }

  /** Puts in what fits. Answers how many bytes. */
  push(bytes: Uint8Array): number {
    const part = bytes.subarray(0, this.maxBytes - this.bytes.length);
    this.bytes.push(part);
    tracing()?.op(this, { op: 'readable', bytes: this.bytes.length });
    this.#wake(this.readers);
    return part.length;
  }

  /** Takes out what fits. Answers how many bytes. */
  take(buffer: Uint8Array): number {
    const length = this.bytes.shiftInto(buffer);
    if (length > 0 && this.writers.first?.waits) {
      tracing()?.op(this, { op: 'writable' });
      this.#wakeWriter(this.writers.first);
    }
    return length;
  }

  /** Takes the place behind all who write. */
  join(waker: Waker): Turn {
    const turn = new Turn(waker);
    this.writers.join(turn);
    return turn;
  }

  /** A writer is done, or has given up: the next one's turn. */
  leave(turn: Turn): void {
    const wasFirst = this.writers.first === turn;
    this.writers.leave(turn);
    const { first } = this.writers;
    if (first === undefined) this.#endIfDone();
    else if (wasFirst && first.waits) this.#wakeWriter(first);
  }

  /** Whoever writes has no more to say, once those are done who write already. */
  end(): void {
    this.ending = true;
    this.#endIfDone();
  }

  #endIfDone(): void {
    if (this.ending && this.writers.first === undefined) this.close('senders');
  }

  /** An end is gone, or has said all: who waits for it hears of it. */
  close(by: 'senders' | 'receiver'): void {
    this.ending = true;
    if (by === 'receiver') {
      this.unread = true;
      this.bytes.skip(this.bytes.length);
    }
    if (this.closed) return;
    this.closed = true;
    tracing()?.op(this, { op: 'closed', by });
    this.#wake(this.readers);
    this.#wake(this.enders);
    // A waker is foreign code: what it drops leaves the line.
    for (const turn of [...this.writers]) if (turn.waits) this.#wakeWriter(turn);
  }

  #wake(line: WaitLine): void {
    if (line.first === undefined) return;
    for (const { waker } of line.leaveAll()) waker.wake(this);
  }

  #wakeWriter(turn: Turn): void {
    turn.waits = false;
    turn.waker.wake(this);
  }
}
