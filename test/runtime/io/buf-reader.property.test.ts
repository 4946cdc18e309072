/** However a text is cut on its way, and however often a wait is given up, its lines are those of the whole. */
import { type Async, AsyncReader, BufReader, Future, IoError, Pending, type Poll } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand } from '../../support/hand-poll.ts';

const PAUSE = 'pause';
const TOO_LONG = Symbol('too long');

/** Hands out the bytes in pieces of these sizes, over and over; 0 makes it pending once. */
class Cut extends AsyncReader {
  #rest: Uint8Array;
  readonly #sizes: readonly number[];
  #turn = 0;

  constructor(bytes: Uint8Array, sizes: readonly number[]) {
    super();
    this.#rest = bytes;
    this.#sizes = sizes;
  }

  *read(buffer: Uint8Array): Async<number> {
    let size = this.#next();
    while (size === 0) {
      yield* new Pause();
      size = this.#next();
    }
    const part = this.#rest.subarray(0, Math.min(size, buffer.length));
    this.#rest = this.#rest.subarray(part.length);
    buffer.set(part);
    return part.length;
  }

  #next(): number {
    this.#turn += 1;
    return this.#sizes[this.#turn % this.#sizes.length] ?? 1;
  }
}

/** Pending once. */
class Pause extends Future<void> {
  #polled = false;

  override poll(): Poll<void> {
    if (this.#polled) return undefined;
    this.#polled = true;
    return Pending;
  }
}

/** The lines of the whole, as they should be. */
function linesOf(text: string, maxLineLength: number): (string | typeof TOO_LONG)[] {
  const parts = text.split('\n');
  const rest = parts.pop();
  const ended = parts.map((part) => ({ part, line: part.endsWith('\r') ? part.slice(0, -1) : part }));
  const all = rest === '' || rest === undefined ? ended : [...ended, { part: rest, line: rest }];
  return all.map(({ part, line }) => (Buffer.byteLength(part) > maxLineLength ? TOO_LONG : line));
}

/** What the reader makes of it. @param giveUp which of the waits, each time it is pending, are given up. */
function read(reader: BufReader, giveUp: readonly boolean[]): (string | typeof TOO_LONG)[] {
  const lines: (string | typeof TOO_LONG)[] = [];
  let turn = 0;
  let waiting = byHand(reader.readLine());
  for (;;) {
    let line: string | undefined | typeof TOO_LONG | typeof PAUSE;
    try {
      const answer = waiting.poll();
      line = answer === Pending ? PAUSE : answer;
    } catch (error) {
      expect((error as IoError).code).toBe('MaxLineLengthExceeded');
      expect(error).toBeInstanceOf(IoError);
      line = TOO_LONG;
    }
    if (line === undefined) return lines;
    if (line === PAUSE) {
      turn += 1;
      if (giveUp[turn % giveUp.length] !== true) continue;
      waiting.drop();
    } else {
      lines.push(line);
    }
    waiting = byHand(reader.readLine());
  }
}

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom('\n', '\r', '\r\n', '\n\n', '☕', 'ü', '🫖', '\0', '\ufeff'),
      fc.string({ maxLength: 12 }),
    ),
    {
      maxLength: 40,
    },
  )
  .map((parts) => parts.join(''));
const sizes = fc.array(fc.nat(7), { minLength: 1, maxLength: 8 }).filter((all) => all.some((size) => size > 0));

describe('lines', () => {
  it('are those of the whole text', () => {
    fc.assert(
      fc.property(
        text,
        sizes,
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(1, 3, 8, 1000),
        (whole, cuts, giveUp, capacity, maxLineLength) => {
          const reader = new BufReader(new Cut(new TextEncoder().encode(whole), cuts), { capacity, maxLineLength });

          expect(read(reader, giveUp)).toEqual(linesOf(whole, maxLineLength));
        },
      ),
      { numRuns: 2000 },
    );
  });
});
