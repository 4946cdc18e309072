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
import { mayProceed, spend } from '../budget.ts';
import type { Context, Waker } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import { Resource, type ResourceKind, tracing } from '../resource.ts';
import { Ticket, WaitLine } from '../sync/wait-line.ts';
import { ByteQueue } from './byte-queue.ts';
import { type IoError, ioError } from './io-error.ts';
import { toBytes } from './text.ts';

/** A write that has begun and is not finished. */
class Turn extends Ticket {
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
    if (this.writers.first?.waits) {
      tracing()?.op(this, { op: 'writable' });
      this.#wakeWriter(this.writers.first);
    }
    return length;
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
    for (let turn = this.writers.first; turn !== undefined; turn = turn.behind as Turn | undefined) {
      if (turn.waits) this.#wakeWriter(turn);
    }
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

/** A wait for a pipe. What its three kinds share. */
abstract class PipeFuture<T> extends Future<T> {
  protected readonly pipe: Pipe;
  protected done = false;

  constructor(pipe: Pipe) {
    super();
    this.pipe = pipe;
  }

  override get awaited(): Resource {
    return this.pipe;
  }

  override poll(cx: Context): Poll<T> {
    if (this.done) throw new PolledAfterCompletionError(this.label);
    this.done = true; // Also if it throws.
    const answer = this.attempt(cx);
    this.done = answer !== Pending;
    return answer;
  }

  protected abstract attempt(cx: Context): Poll<T>;
}

/** Stands in a line that is left by everybody at once. */
class Place {
  readonly #line: WaitLine;
  #ticket: Ticket | undefined = undefined;

  constructor(line: WaitLine) {
    this.#line = line;
  }

  take(waker: Waker): void {
    this.#ticket ??= new Ticket(waker);
    this.#ticket.waker = waker;
    if (!this.#ticket.inLine) this.#line.join(this.#ticket);
  }

  leave(): void {
    if (this.#ticket !== undefined) this.#line.leave(this.#ticket);
  }
}

class Read extends PipeFuture<number> {
  readonly #buffer: Uint8Array;
  readonly #place: Place;

  constructor(pipe: Pipe, buffer: Uint8Array) {
    super(pipe);
    this.#buffer = buffer;
    this.#place = new Place(pipe.readers);
  }

  override get label(): string {
    return `read(${this.#buffer.length} bytes)`;
  }

  protected override attempt(cx: Context): Poll<number> {
    if (!mayProceed(cx)) return Pending;
    const { pipe } = this;
    if (pipe.unread) throw brokenPipe();
    const isReady = pipe.bytes.length > 0 || pipe.closed || this.#buffer.length === 0;
    if (!isReady) {
      this.#place.take(cx.leafWaker);
      return Pending;
    }
    this.#place.leave();
    spend();
    return pipe.take(this.#buffer);
  }

  override drop(): void {
    this.#place.leave();
  }
}

class WriteAll extends PipeFuture<void> {
  readonly #label: string;
  #rest: Uint8Array;
  /** From the first `Pending` until we are done or give up. */
  #turn: Turn | undefined = undefined;

  constructor(pipe: Pipe, bytes: Uint8Array) {
    super(pipe);
    this.#label = `writeAll(${bytes.length} bytes)`;
    this.#rest = bytes;
  }

  override get label(): string {
    return this.#label;
  }

  protected override attempt(cx: Context): Poll<void> {
    const { pipe } = this;
    while (this.#rest.length > 0) {
      if (!mayProceed(cx)) return this.#wait(cx, false);
      if (pipe.closed || (pipe.ending && this.#turn === undefined)) {
        spend();
        this.drop();
        throw brokenPipe();
      }
      const { first } = pipe.writers;
      const isOurTurn = first === undefined || first === this.#turn;
      if (!isOurTurn || pipe.bytes.length >= pipe.maxBytes) return this.#wait(cx, true);
      this.#rest = this.#rest.subarray(pipe.push(this.#rest));
      spend();
    }
    this.drop();
    return undefined;
  }

  /** @param forRoom or for the next turn of the executor, which wakes by itself. */
  #wait(cx: Context, forRoom: boolean): Pending {
    if (this.#turn === undefined) {
      this.#turn = new Turn(cx.leafWaker);
      this.pipe.writers.join(this.#turn);
    }
    this.#turn.waker = cx.leafWaker;
    this.#turn.waits = forRoom;
    return Pending;
  }

  override drop(): void {
    const turn = this.#turn;
    this.#turn = undefined;
    if (turn !== undefined) this.pipe.leave(turn);
  }
}

class Shutdown extends PipeFuture<void> {
  readonly #place: Place;

  constructor(pipe: Pipe) {
    super(pipe);
    this.#place = new Place(pipe.enders);
  }

  override get label(): string {
    return 'shutdown()';
  }

  protected override attempt(cx: Context): Poll<void> {
    this.pipe.end();
    if (this.pipe.closed) return undefined;
    this.#place.take(cx.leafWaker);
    return Pending;
  }

  override drop(): void {
    this.#place.leave();
  }
}

function brokenPipe(): IoError {
  return ioError('BrokenPipe', 'broken pipe');
}
