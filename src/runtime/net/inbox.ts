/**
 * What has come on a connection and was not yet read, and who waits for it.
 *
 * It keeps the pieces as the host brought them, so that a byte is copied once, to where the reader
 * wants it. Mostly there is a single piece, and a reader that takes all of it.
 *
 * @module
 */
import { Ring } from '../ring.ts';
import { Readiness } from './readiness.ts';

/** Pieces of bytes, first in, first out, in one object with the line of those who wait for them. */
export abstract class Inbox extends Readiness {
  /** How many bytes there are in all. */
  unread = 0;
  #piece: Uint8Array | undefined = undefined;
  /** Those behind the first, made when there are any: ten thousand silent connections have none. */
  #behind: Ring<Uint8Array> | undefined = undefined;

  /** Keeps a piece. It must not be changed any more. */
  push(piece: Uint8Array): void {
    this.unread += piece.length;
    if (this.#piece === undefined) {
      this.#piece = piece;
      return;
    }
    this.#behind ??= new Ring();
    this.#behind.push(piece);
  }

  /** Takes the first bytes out, as many as fit in. Answers how many. */
  shiftInto(buffer: Uint8Array): number {
    let filled = 0;
    while (this.#piece !== undefined && filled < buffer.length) {
      const piece = this.#piece;
      const room = buffer.length - filled;
      if (piece.length > room) {
        buffer.set(piece.subarray(0, room), filled);
        this.#piece = piece.subarray(room);
        filled = buffer.length;
      } else {
        buffer.set(piece, filled);
        this.#piece = this.#behind?.shift();
        filled += piece.length;
      }
    }
    this.unread -= filled;
    return filled;
  }
}
