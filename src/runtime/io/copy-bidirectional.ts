/**
 * From each of two streams into the other.
 *
 * @module
 */
import type { Context } from '../context.ts';
import { PolledAfterCompletionError } from '../errors.ts';
import { type Async, dropEach, dropFuture, dropQuietly, Future, Pending, type Poll, pollFuture } from '../future.ts';
import type { AsyncRead, AsyncWrite } from './async-io.ts';
import { copy } from './copy.ts';

/**
 * Connects two streams: what comes from one is written into the other, both ways, as a proxy does.
 * When one ends, the other is shut down; what still comes from there is copied on. Answers how many
 * bytes went from `a` to `b`, and how many from `b` to `a`, once both have ended.
 *
 * **Cancel safety:** data may be lost: what was read and not yet written.
 *
 * @throws what one of them throws, at once; the other direction is given up.
 *
 * @example
 * ```ts
 * const [client, a] = duplex(64);
 * const [b, server] = duplex(64);
 * spawn(copyBidirectional(a, b));
 * yield* client.writeAll('ping');
 * yield* server.readExact(new Uint8Array(4)); // => 4
 * ```
 */
export function copyBidirectional(a: AsyncRead & AsyncWrite, b: AsyncRead & AsyncWrite): Future<[number, number]> {
  return new CopyBidirectional(a, b);
}

function* oneWay(reader: AsyncRead, writer: AsyncWrite): Async<number> {
  const total = yield* copy(reader, writer);
  yield* writer.shutdown();
  return total;
}

class CopyBidirectional extends Future<[number, number]> {
  /** Each a copy, or the bytes it has copied. */
  readonly #ways: [Async<number> | number, Async<number> | number];
  #done = false;

  constructor(a: AsyncRead & AsyncWrite, b: AsyncRead & AsyncWrite) {
    super();
    this.#ways = [oneWay(a, b), oneWay(b, a)];
  }

  override get label(): string {
    return 'copyBidirectional()';
  }

  override poll(cx: Context): Poll<[number, number]> {
    if (this.#done) throw new PolledAfterCompletionError(this.label);
    const there = this.#pollWay(0, cx);
    const back = this.#pollWay(1, cx);
    if (there === Pending || back === Pending) return Pending;
    this.#done = true;
    return [there, back];
  }

  #pollWay(index: 0 | 1, cx: Context): Poll<number> {
    const way = this.#ways[index];
    if (typeof way === 'number') return way;
    try {
      const total = pollFuture(way, cx);
      if (total !== Pending) this.#ways[index] = total;
      return total;
    } catch (error) {
      dropQuietly(() => this.drop());
      throw error;
    }
  }

  override drop(): void {
    if (this.#done) return;
    this.#done = true;
    dropEach(
      this.#ways.filter((way) => typeof way !== 'number'),
      dropFuture,
    );
  }
}
