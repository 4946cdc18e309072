/**
 * Reading in lines what comes in pieces.
 *
 * ```text
 *   reader ── pieces, as they come ──▶ [ buffer ] ── lines, when they are whole ──▶ readLine()
 * ```
 *
 * What is not a whole line yet stays in the buffer, which belongs to the reader and not to the wait.
 * So a wait can be given up at any time: the next one finds all that has come.
 *
 * @module
 */
import type { Context } from '../context.ts';
import { InvalidOptionError, PolledAfterCompletionError } from '../errors.ts';
import { type Awaitable, dropFuture, Future, Pending, type Poll, pollFuture } from '../future.ts';
import { awaitedBy } from '../operation.ts';
import type { Resource } from '../resource.ts';
import { drop, type Task } from '../task.ts';
import { type AsyncRead, BUFFER_SIZE } from './async-io.ts';
import { AsyncReader } from './async-reader.ts';
import { ByteQueue } from './byte-queue.ts';
import { ioError } from './io-error.ts';
import { Lines } from './lines.ts';
import { toText } from './text.ts';

/**
 * How long a line may be, unless you say otherwise.
 *
 * Too small, and an honest line is refused. Too large, and a stranger who never ends his line has us
 * keep so much for every connection he opens.
 *
 * Unit: bytes before the `\n`.
 */
export const MAX_LINE_LENGTH = 1024 * 1024;

/** For {@link BufReader}. */
export interface BufReaderOptions {
  /** How many bytes are asked for at a time. @default 8192 */
  readonly capacity?: number;
  /** How many bytes may come before the end of a line. @default 1048576 */
  readonly maxLineLength?: number;
}

const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** What is read from, and what was read of it. */
interface Source {
  readonly reader: AsyncRead;
  readonly bytes: ByteQueue;
  readonly capacity: number;
  /** Room to read into, while nobody does. */
  spare: Uint8Array | undefined;
}

/**
 * Reads lines from anything that can be read. Disposing it drops what it reads from.
 *
 * @example
 * ```ts
 * const [a, b] = duplex(64);
 * const reader = new BufReader(b);
 * yield* a.writeAll('one\ntwo\r\nthr');
 * yield* reader.readLine(); // => 'one'
 * yield* reader.readLine(); // => 'two'
 * a[Symbol.dispose]();
 * yield* reader.readLine(); // => 'thr'
 * yield* reader.readLine(); // => undefined
 * ```
 */
export class BufReader extends AsyncReader implements Disposable {
  readonly #source: Source;
  readonly #maxLineLength: number;
  /** So many bytes at the front hold no `#soughtByte`: a line that comes byte by byte is not searched again for each. */
  #searched = 0;
  #soughtByte = NEWLINE;
  /** The rest of a line that was too long is still to come, and nobody wants it. */
  #skipping = false;

  /** @throws {InvalidOptionError} unless capacity and maxLineLength are whole numbers from 1 on. */
  constructor(reader: AsyncRead, { capacity = BUFFER_SIZE, maxLineLength = MAX_LINE_LENGTH }: BufReaderOptions = {}) {
    super();
    for (const [name, value] of Object.entries({ capacity, maxLineLength })) {
      if (!Number.isSafeInteger(value) || value < 1) {
        throw new InvalidOptionError(`new BufReader(), option ${name},`, '1 byte or more', value);
      }
    }
    this.#source = { reader, bytes: new ByteQueue(), capacity, spare: undefined };
    this.#maxLineLength = maxLineLength;
  }

  /**
   * Waits for the next line, and answers it without its ending, `\n` or `\r\n`. At the end it
   * answers what is left, if anything is, and then `undefined`.
   *
   * **Cancel safety:** nothing is lost: what has come of the line is there for the next call.
   *
   * @throws {IoError} `InvalidData` if the line is no UTF-8, `MaxLineLengthExceeded` if it is too
   *   long: such a line is skipped, and the next call goes on behind it. And what the reader throws.
   */
  readLine(): Future<string | undefined> {
    return new Buffered('readLine()', this.#source, (ended) => {
      const line = this.#takeUntil(NEWLINE, ended);
      return line === undefined || line === Pending ? line : toText(withoutEnding(line));
    });
  }

  /** The lines one by one: `const lines = reader.lines()`, and `nextLine()` as long as it answers. */
  lines(): Lines {
    return new Lines(this);
  }

  /**
   * Waits for a byte, and answers all up to it, and the byte itself. At the end it answers what is
   * left, if anything is, and then `undefined`.
   *
   * **Cancel safety:** nothing is lost: what has come is there for the next call.
   *
   * @param byte for example 0, or `','.charCodeAt(0)`.
   * @throws {IoError} `MaxLineLengthExceeded` if it takes too long to come, as for a line. And what
   *   the reader throws.
   */
  readUntil(byte: number): Future<Uint8Array<ArrayBuffer> | undefined> {
    if (!Number.isInteger(byte) || byte < 0 || byte > 255) {
      throw new InvalidOptionError('readUntil()', 'a byte, from 0 to 255', byte);
    }
    return new Buffered(`readUntil(${byte})`, this.#source, (ended) => this.#takeUntil(byte, ended));
  }

  /**
   * Waits for bytes and puts them into the buffer, as many as are there and fit in: first what was
   * read already. Answers how many; 0 is the end.
   *
   * **Cancel safety:** nothing is lost.
   */
  override read(buffer: Uint8Array): Future<number> {
    const label = `read(${buffer.length} bytes)`;
    return new Buffered(label, this.#source, (ended) => {
      const { bytes } = this.#source;
      if (bytes.length === 0 && buffer.length > 0 && !ended) return Pending;
      this.#skipping = false;
      this.#searched = 0;
      return bytes.shiftInto(buffer);
    });
  }

  /** Drops what it reads from. */
  [Symbol.dispose](): void {
    drop(this.#source.reader);
  }

  /** What is there up to a byte, or up to the end; `Pending` if it has not come yet. */
  #takeUntil(byte: number, ended: boolean): Poll<Uint8Array<ArrayBuffer> | undefined> {
    if (this.#soughtByte !== byte) this.#searched = 0;
    this.#soughtByte = byte;
    const { bytes } = this.#source;
    const index = bytes.indexOf(byte, this.#searched);
    const length = index < 0 ? bytes.length : index;
    this.#searched = length;
    const isWhole = index >= 0 || ended;
    if (this.#skipping) {
      bytes.skip(index < 0 ? length : index + 1);
      this.#searched = 0;
      this.#skipping = !isWhole;
      return isWhole ? this.#takeUntil(byte, ended) : Pending;
    }
    if (length > this.#maxLineLength) {
      this.#skipping = true;
      throw ioError('MaxLineLengthExceeded', 'max line length exceeded');
    }
    if (!isWhole) return Pending;
    this.#searched = 0;
    if (index >= 0) return bytes.shift(index + 1);
    return bytes.length === 0 ? undefined : bytes.shift(length);
  }
}

function withoutEnding(line: Uint8Array): Uint8Array {
  if (line.at(-1) !== NEWLINE) return line;
  return line.subarray(0, line.at(-2) === RETURN ? -2 : -1);
}

/** Looks whether the buffer holds what is wanted; if not, reads more and looks again. */
class Buffered<T> extends Future<T> {
  readonly #label: string;
  readonly #source: Source;
  readonly #look: (ended: boolean) => Poll<T>;
  #reading: { readonly into: Uint8Array; readonly future: Awaitable<number> } | undefined = undefined;
  #ended = false;
  #done = false;

  /** @param look answers what is wanted, or `Pending` if it is not there yet. */
  constructor(label: string, source: Source, look: (ended: boolean) => Poll<T>) {
    super();
    this.#label = label;
    this.#source = source;
    this.#look = look;
  }

  override get label(): string {
    return this.#label;
  }

  override get awaited(): Resource | Task | undefined {
    return awaitedBy(this.#reading?.future);
  }

  override poll(cx: Context): Poll<T> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    try {
      let answer = this.#look(this.#ended);
      while (answer === Pending && this.#readMore(cx)) answer = this.#look(this.#ended);
      if (answer !== Pending) this.drop();
      return answer;
    } catch (error) {
      this.drop();
      throw error;
    }
  }

  /** Answers `false` if there is nothing more yet. */
  #readMore(cx: Context): boolean {
    const { reader, bytes, capacity } = this.#source;
    if (this.#reading === undefined) {
      // Each wait has room of its own: two tasks may wait for the same reader.
      const into = this.#source.spare ?? new Uint8Array(capacity);
      this.#source.spare = undefined;
      this.#reading = { into, future: reader.read(into) };
    }
    const { into, future } = this.#reading;
    const length = pollFuture(future, cx);
    if (length === Pending) return false;
    this.#reading = undefined;
    this.#ended = length === 0;
    bytes.push(into.subarray(0, length));
    this.#source.spare = into;
    return true;
  }

  override drop(): void {
    this.#done = true;
    const reading = this.#reading;
    this.#reading = undefined;
    if (reading === undefined) return;
    dropFuture(reading.future);
    this.#source.spare = reading.into;
  }
}
