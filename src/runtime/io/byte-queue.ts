/**
 * Bytes in line: what was written and not yet read.
 *
 * ```text
 *   ┌───────────┬────────────────┬───────────────┐
 *   │ read      │ waiting        │ room          │
 *   └───────────┴────────────────┴───────────────┘
 *               first            end
 * ```
 *
 * One array that grows by doubling. What was read makes room again when the rest moves to the front,
 * so that every byte is moved a few times at most.
 *
 * @module
 */

/** An array that is larger than this is given back as soon as it is empty. */
const KEPT = 64 * 1024;

/** First in, first out. */
export class ByteQueue {
  #bytes = new Uint8Array(0);
  #first = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#first;
  }

  /** Puts bytes behind those that are there. */
  push(bytes: Uint8Array): void {
    if (this.#end + bytes.length > this.#bytes.length) this.#makeRoom(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  #makeRoom(more: number): void {
    const waiting = this.#bytes.subarray(this.#first, this.#end);
    const needed = waiting.length + more;
    // Half of it must be free, or the rest would be moved again and again.
    const bytes = needed * 2 <= this.#bytes.length ? this.#bytes : new Uint8Array(needed * 2);
    bytes.set(waiting);
    this.#bytes = bytes;
    this.#first = 0;
    this.#end = waiting.length;
  }

  /** Where a byte stands, counted from the first, or -1. @param from where to begin to look. */
  indexOf(byte: number, from: number): number {
    const index = this.#bytes.subarray(0, this.#end).indexOf(byte, this.#first + from);
    return index < 0 ? -1 : index - this.#first;
  }

  /** Takes the first bytes out, as many as fit in. Answers how many. */
  shiftInto(buffer: Uint8Array): number {
    const length = Math.min(buffer.length, this.length);
    buffer.set(this.#bytes.subarray(this.#first, this.#first + length));
    this.skip(length);
    return length;
  }

  /** Takes the first `length` bytes out. */
  shift(length: number): Uint8Array<ArrayBuffer> {
    const bytes = this.#bytes.slice(this.#first, this.#first + length);
    this.skip(length);
    return bytes;
  }

  /** Takes the first `length` bytes out, and forgets them. */
  skip(length: number): void {
    this.#first += length;
    if (this.#first < this.#end) return;
    this.#first = 0;
    this.#end = 0;
    if (this.#bytes.length > KEPT) this.#bytes = new Uint8Array(0);
  }
}
