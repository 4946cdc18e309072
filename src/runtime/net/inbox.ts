/**
 * What has come and was not yet read: pieces, as the host brought them.
 *
 * A byte is copied once, from its piece to where the reader wants it. Mostly there is a single piece,
 * and a reader that takes all of it.
 *
 * @module
 */
import { Ring } from '../ring.ts';

/** Pieces of bytes: first in, first out. */
export class Inbox {
  /** How many bytes there are in all. */
  length = 0;
  #first: Uint8Array | undefined = undefined;
  /** Those behind the first, made when there are any: ten thousand silent connections have none. */
  #behind: Ring<Uint8Array> | undefined = undefined;

  /** Keeps a piece; it must not be changed any more. */
  push(piece: Uint8Array): void {
    this.length += piece.length;
    if (this.#first === undefined) {
      this.#first = piece;
      return;
    }
    this.#behind ??= new Ring();
    this.#behind.push(piece);
  }

  /** Takes the first bytes out, as many as fit in. Answers how many. */
  shiftInto(buffer: Uint8Array): number {
    let filled = 0;
    while (this.#first !== undefined && filled < buffer.length) {
      const first = this.#first;
      const room = buffer.length - filled;
      if (first.length > room) {
        buffer.set(first.subarray(0, room), filled);
        this.#first = first.subarray(room);
        filled = buffer.length;
      } else {
        buffer.set(first, filled);
        this.#first = this.#behind?.shift();
        filled += first.length;
      }
    }
    this.length -= filled;
    return filled;
  }
}
