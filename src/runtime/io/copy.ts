/**
 * From a reader into a writer.
 *
 * @module
 */
import { giveBack, mayProceed, spend, TURN_BUDGET } from '../budget.ts';
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import {
  type Awaitable,
  dropEach,
  dropFuture,
  dropQuietly,
  Future,
  Pending,
  type Poll,
  pollFuture,
} from '../future.ts';
import { awaitedBy } from '../operation.ts';
import type { Resource } from '../resource.ts';
import type { Task } from '../task.ts';
import { type AsyncRead, type AsyncWrite, BUFFER_SIZE } from './async-io.ts';

/**
 * Writes all that comes out of a reader into a writer, up to the end. Answers how many bytes. The
 * writer is not shut down: more may follow.
 *
 * While the writer waits for room, up to 8 KiB are read ahead; no more, so that a slow writer slows
 * down the reader.
 *
 * **Cancel safety:** data may be lost: what was read and not yet written.
 *
 * @throws what the reader or the writer throws.
 *
 * @example
 * ```ts
 * const [a, from] = duplex(64);
 * const [to, b] = duplex(64);
 * yield* a.writeAll('tea');
 * yield* a.shutdown();
 * yield* copy(from, to); // => 3
 * yield* to.shutdown();
 * yield* b.readToString(); // => 'tea'
 * ```
 */
export function copy(reader: AsyncRead, writer: AsyncWrite): Future<number> {
  return new Copy(reader, writer);
}

/**
 * ```text
 *   ┌─────────┬───────────┬────────────┬──────┐
 *   │ written │ on its way│ read ahead │ free │   one buffer of 8 KiB
 *   └─────────┴───────────┴────────────┴──────┘
 *             written     writing      filled
 * ```
 */
class Copy extends Future<number> {
  readonly #reader: AsyncRead;
  readonly #writer: AsyncWrite;
  readonly #buffer = new Uint8Array(BUFFER_SIZE);
  #reading: Awaitable<number> | undefined = undefined;
  #writing: { readonly future: Awaitable<void>; readonly end: number } | undefined = undefined;
  #written = 0;
  #filled = 0;
  #ended = false;
  #total = 0;
  /** Has this poll come to anything? */
  #moved = false;
  #done = false;

  constructor(reader: AsyncRead, writer: AsyncWrite) {
    super();
    this.#reader = reader;
    this.#writer = writer;
  }

  override get label(): string {
    return 'copy()';
  }

  override get awaited(): Resource | Task | undefined {
    return awaitedBy(this.#writing?.future ?? this.#reading);
  }

  override poll(cx: Context): Poll<number> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    if (!mayProceed(cx)) return Pending;
    // As in Tokio, a turn of the copy itself costs one unit, if it comes to anything.
    spend();
    this.#moved = false;
    try {
      const answer = this.#run(cx);
      this.#done = answer !== Pending;
      if (!this.#moved) giveBack();
      return answer;
    } catch (error) {
      dropQuietly(() => this.drop());
      throw error;
    }
  }

  #run(cx: Context): Poll<number> {
    // A reader and a writer of somebody's own may know of no budget, and would never let go.
    for (let rounds = 0; rounds < TURN_BUDGET; rounds++) {
      const hasRead = this.#read(cx);
      if (this.#written < this.#filled) {
        if (!this.#write(cx)) {
          this.#read(cx);
          return Pending;
        }
      } else if (!hasRead) {
        return Pending;
      }
      if (this.#written < this.#filled) continue;
      this.#rewind();
      if (this.#ended) return this.#total;
    }
    if (cx.executor === undefined) cx.leafWaker.wake();
    else cx.executor.defer(cx.leafWaker);
    return Pending;
  }

  /** Reads on into what is free of the buffer. Answers `false` if nothing has come yet. */
  #read(cx: Context): boolean {
    if (this.#ended || this.#filled === this.#buffer.length) return true;
    this.#reading ??= this.#reader.read(this.#buffer.subarray(this.#filled));
    const length = pollFuture(this.#reading, cx);
    if (length === Pending) return false;
    this.#reading = undefined;
    this.#moved = true;
    this.#ended = length === 0;
    this.#filled += length;
    return true;
  }

  /** Writes what was read. Answers `false` if that is not all written yet. */
  #write(cx: Context): boolean {
    this.#writing ??= {
      future: this.#writer.writeAll(this.#buffer.subarray(this.#written, this.#filled)),
      end: this.#filled,
    };
    const { future, end } = this.#writing;
    if (pollFuture(future, cx) === Pending) return false;
    this.#writing = undefined;
    this.#moved = true;
    this.#total += end - this.#written;
    this.#written = end;
    return true;
  }

  /** All is written: the next read may use the whole buffer again. */
  #rewind(): void {
    this.#written = 0;
    this.#filled = 0;
    const reading = this.#reading;
    this.#reading = undefined;
    if (reading !== undefined) dropFuture(reading);
  }

  override drop(): void {
    if (this.#done) return;
    this.#done = true;
    const open = [this.#reading, this.#writing?.future].filter((future) => future !== undefined);
    dropEach(open, dropFuture);
  }
}
