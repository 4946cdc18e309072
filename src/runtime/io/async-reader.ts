/**
 * What every reader can do once it can `read`.
 *
 * @module
 */
import type { Async, Awaitable, Future } from '../future.ts';
import { Operation } from '../operation.ts';
import { type AsyncRead, BUFFER_SIZE } from './async-io.ts';
import { ByteQueue } from './byte-queue.ts';
import { ioError } from './io-error.ts';
import { toText } from './text.ts';

/**
 * Something that bytes come out of: a socket, a pipe, a file of your own. Implement `read`, and
 * the rest is here.
 *
 * @example
 * ```ts
 * class Repeat extends AsyncReader {
 *   *read(buffer: Uint8Array): Async<number> {
 *     buffer.fill(7);
 *     return buffer.length;
 *   }
 * }
 * const buffer = new Uint8Array(3);
 * yield* new Repeat().readExact(buffer); // => 3
 * buffer; // => new Uint8Array([7, 7, 7])
 * ```
 */
export abstract class AsyncReader implements AsyncRead {
  abstract read(buffer: Uint8Array): Awaitable<number>;

  /**
   * Fills the whole buffer, however many reads that takes. Answers its length.
   *
   * **Cancel safety:** data may be lost: it is in the buffer, but how much is not known.
   *
   * @throws {IoError} `UnexpectedEof` ("early eof") if the end comes first.
   */
  readExact(buffer: Uint8Array): Future<number> {
    return new Operation(`readExact(${buffer.length} bytes)`, this.#exact(buffer));
  }

  *#exact(buffer: Uint8Array): Async<number> {
    for (let filled = 0; filled < buffer.length; ) {
      const length = yield* this.read(buffer.subarray(filled));
      if (length === 0) throw ioError('UnexpectedEof', 'early eof');
      filled += length;
    }
    return buffer.length;
  }

  /**
   * Reads up to the end, and answers all of it. There is no limit: of a stranger use
   * {@link BufReader} or {@link readExact}.
   *
   * **Cancel safety:** data may be lost: all that was read so far.
   */
  readToEnd(): Future<Uint8Array<ArrayBuffer>> {
    return new Operation('readToEnd()', this.#toEnd());
  }

  /**
   * Reads up to the end, and answers it as text.
   *
   * **Cancel safety:** data may be lost: all that was read so far.
   *
   * @throws {IoError} `InvalidData` if it is no UTF-8.
   */
  readToString(): Future<string> {
    return new Operation('readToString()', this.#toString());
  }

  *#toEnd(): Async<Uint8Array<ArrayBuffer>> {
    const all = new ByteQueue();
    const buffer = new Uint8Array(BUFFER_SIZE);
    for (;;) {
      const length = yield* this.read(buffer);
      if (length === 0) return all.shift(all.length);
      all.push(buffer.subarray(0, length));
    }
  }

  *#toString(): Async<string> {
    return toText(yield* this.#toEnd());
  }
}
