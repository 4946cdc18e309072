import { type Async, AsyncReader, type AsyncWrite } from 'async-lessons';
import { Gate } from './gate.ts';

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
export const text = (data: Uint8Array): string => new TextDecoder().decode(data);

/** A reader that hands out what it was given, a piece a read, and then the end. A `Gate` among the pieces holds it up. */
export class Pieces extends AsyncReader {
  readonly #pieces: (Uint8Array | Gate)[];
  reads = 0;
  drops = 0;

  constructor(...pieces: readonly (Uint8Array | string | Gate)[]) {
    super();
    this.#pieces = pieces.map((piece) => (typeof piece === 'string' ? bytes(piece) : piece));
  }

  *read(buffer: Uint8Array): Async<number> {
    this.reads += 1;
    let answered = false;
    try {
      let [piece] = this.#pieces;
      for (; piece instanceof Gate; [piece] = this.#pieces) {
        yield* piece;
        this.#pieces.shift();
      }
      answered = true;
      this.#pieces.shift();
      if (piece === undefined) return 0;
      const part = piece.subarray(0, buffer.length);
      if (part.length < piece.length) this.#pieces.unshift(piece.subarray(part.length));
      buffer.set(part);
      return part.length;
    } finally {
      if (!answered) this.drops += 1;
    }
  }
}

/** A writer that keeps what it gets. */
export class Basket implements AsyncWrite {
  text = '';
  readonly sizes: number[] = [];
  ended = false;
  drops = 0;
  /** Every write waits for it. */
  gate: Gate | undefined = undefined;

  *writeAll(data: Uint8Array | string): Async<void> {
    let written = false;
    try {
      if (this.gate !== undefined) yield* this.gate;
      written = true;
    } finally {
      if (!written) this.drops += 1;
    }
    const part = typeof data === 'string' ? data : text(data);
    this.text += part;
    this.sizes.push(part.length);
  }

  *shutdown(): Async<void> {
    this.ended = true;
  }
}
