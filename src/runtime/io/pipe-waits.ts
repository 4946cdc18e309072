/**
 * The three waits for a {@link Pipe}: for bytes, for room, and for its end.
 *
 * @module
 */
import { mayProceed, spend } from '../budget.ts';
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { Future, Pending, type Poll } from '../future.ts';
import type { Resource } from '../resource.ts';
import { stand, type Ticket } from '../sync/wait-line.ts';
import { type IoError, ioError } from './io-error.ts';
import type { Pipe, Turn } from './pipe.ts';

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

export class Read extends PipeFuture<number> {
  readonly #buffer: Uint8Array;
  #ticket: Ticket | undefined = undefined;

  constructor(pipe: Pipe, buffer: Uint8Array) {
    super(pipe);
    this.#buffer = buffer;
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
      this.#ticket = stand(pipe.readers, this.#ticket, cx);
      return Pending;
    }
    spend();
    return pipe.take(this.#buffer);
  }

  override drop(): void {
    this.pipe.readers.leave(this.#ticket);
  }
}

export class WriteAll extends PipeFuture<void> {
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
      this.#turn = this.pipe.join(cx.leafWaker);
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

export class Shutdown extends PipeFuture<void> {
  #ticket: Ticket | undefined = undefined;

  override get label(): string {
    return 'shutdown()';
  }

  protected override attempt(cx: Context): Poll<void> {
    this.pipe.end();
    if (this.pipe.closed) return undefined;
    this.#ticket = stand(this.pipe.enders, this.#ticket, cx);
    return Pending;
  }

  override drop(): void {
    this.pipe.enders.leave(this.#ticket);
  }
}

function brokenPipe(): IoError {
  return ioError('BrokenPipe', 'broken pipe');
}
