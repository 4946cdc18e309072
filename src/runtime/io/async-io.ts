/**
 * What can be read, and what can be written: two promises that everything in this folder is built
 * on. A class of your own that keeps them works with `BufReader` and `copy` like a socket does.
 *
 * @module
 */
import type { Awaitable } from '../future.ts';

/**
 * Something that bytes come out of.
 *
 * @example
 * ```ts
 * class Zeros implements AsyncRead {
 *   left = 20_000;
 *   *read(buffer: Uint8Array): Async<number> {
 *     const length = Math.min(this.left, buffer.length);
 *     this.left -= length;
 *     buffer.fill(0, 0, length);
 *     return length;
 *   }
 * }
 * const [tea, pot] = duplex(64 * 1024);
 * yield* copy(new Zeros(), tea); // => 20_000
 * ```
 */
export interface AsyncRead {
  /**
   * Waits for bytes and puts them into the buffer, as many as are there and fit in. Answers how
   * many; 0 is the end. Dropped before it has answered, it must not have taken anything.
   */
  read(buffer: Uint8Array): Awaitable<number>;
}

/** Something that bytes go into. */
export interface AsyncWrite {
  /** Writes all of it; text as UTF-8. Waits while there is no room. */
  writeAll(data: Uint8Array | string): Awaitable<void>;
  /** Says that no more will be written. */
  shutdown(): Awaitable<void>;
}

/** How many bytes are moved at a time. Tokio's number. */
export const BUFFER_SIZE = 8 * 1024;
