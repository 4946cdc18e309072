/**
 * The two halves of a stream: one task reads, another writes, and each drops what is its own.
 *
 * ```text
 *   stream ── split() ──▶ ReadHalf ── dropped ─┐
 *                         WriteHalf ─ dropped ─┴─▶ both gone: closed
 *                             └ says that no more will be written
 * ```
 *
 * @module
 */
import { RuntimeError } from '../errors.ts';
import type { Future } from '../future.ts';
import { UsedAfterDropError } from '../sync/channel-errors.ts';
import type { AsyncWrite } from './async-io.ts';
import { AsyncReader } from './async-reader.ts';

/** What a stream and its halves share: a connection, or two pipes. */
export interface Channel extends Disposable {
  read(buffer: Uint8Array): Future<number>;
  writeAll(data: Uint8Array | string): Future<void>;
  shutdown(): Future<void>;
  /** As shutdown, but waits for nothing, and nobody hears of an error. */
  end(): void;
}

/** A stream was used after it was split, or a half after {@link ReadHalf.reunite}: it has given its connection away. */
export class UsedAfterMoveError extends RuntimeError {
  /** @internal */
  constructor(what: string, advice: string) {
    super(`${what} of a stream that has moved: ${advice}`);
  }
}

/** Halves of two different streams cannot be put together. Both can still be used. */
export class ReuniteError extends RuntimeError {
  constructor() {
    super('tried to reunite halves that are not from the same socket');
  }
}

/** What two halves know of each other. */
interface Pair<S> {
  readonly channel: Channel;
  /** Makes the stream again. */
  readonly whole: () => S;
  /** Half is gone already; or both are one again. */
  state: 'split' | 'half gone' | 'moved';
}

/** What a half holds of its pair, until it is dropped. */
class Hold<S> {
  readonly pair: Pair<S>;
  #dropped = false;

  constructor(pair: Pair<S>) {
    this.pair = pair;
  }

  use(what: string): Channel {
    if (this.#dropped) throw new UsedAfterDropError('half of a stream');
    if (this.pair.state === 'moved') throw new UsedAfterMoveError(what, 'reunite() has put its halves together again');
    return this.pair.channel;
  }

  /** @param lastWords what else is to be done, once. */
  drop(lastWords?: (channel: Channel) => void): void {
    const { pair } = this;
    if (this.#dropped || pair.state === 'moved') return;
    this.#dropped = true;
    lastWords?.(pair.channel);
    if (pair.state === 'split') pair.state = 'half gone';
    else pair.channel[Symbol.dispose]();
  }
}

/** Makes the halves of a stream. @param whole makes the stream again. */
export function halvesOf<S>(channel: Channel, whole: () => S): [ReadHalf<S>, WriteHalf<S>] {
  const pair: Pair<S> = { channel, whole, state: 'split' };
  return [new ReadHalf(pair), new WriteHalf(pair)];
}

/**
 * The half that reads. Disposing it closes the stream if the other half is gone; by itself it says
 * nothing to the other end.
 *
 * @example
 * ```ts
 * const [a, b] = duplex(64);
 * const [reader, writer] = a.split();
 * spawn(writer.writeAll('ping'));
 * yield* b.readExact(new Uint8Array(4)); // => 4
 * yield* b.writeAll('pong');
 * yield* reader.readExact(new Uint8Array(4)); // => 4
 * ```
 */
export class ReadHalf<S = unknown> extends AsyncReader implements Disposable {
  readonly #hold: Hold<S>;

  /** @internal */
  constructor(pair: Pair<S>) {
    super();
    this.#hold = new Hold(pair);
  }

  /**
   * Waits for bytes, as the stream's own `read` does.
   *
   * **Cancel safety:** nothing is lost.
   */
  override read(buffer: Uint8Array): Future<number> {
    return this.#hold.use('read()').read(buffer);
  }

  /**
   * Puts the halves together again. Neither can be used afterwards, only the stream.
   *
   * @throws {ReuniteError} if they are not of one stream; {@link UsedAfterDropError} if one was dropped.
   */
  reunite(other: WriteHalf<S>): S {
    const { pair } = this.#hold;
    this.#hold.use('reunite()');
    other.checkIsOf(pair);
    pair.state = 'moved';
    return pair.whole();
  }

  [Symbol.dispose](): void {
    this.#hold.drop();
  }
}

/**
 * The half that writes. Disposing it says that no more will be written, and closes the stream if
 * the other half is gone.
 *
 * @example
 * ```ts
 * const [a, b] = duplex(64);
 * const [reader, writer] = a.split();
 * writer[Symbol.dispose]();
 * yield* b.readToString(); // => ''
 * yield* b.writeAll('still heard');
 * b[Symbol.dispose]();
 * yield* reader.readToString(); // => 'still heard'
 * ```
 */
export class WriteHalf<S = unknown> implements AsyncWrite, Disposable {
  readonly #hold: Hold<S>;

  /** @internal */
  constructor(pair: Pair<S>) {
    this.#hold = new Hold(pair);
  }

  /**
   * Writes all of it, as the stream's own `writeAll` does.
   *
   * **Cancel safety:** data may be lost: how much was written is not known.
   */
  writeAll(data: Uint8Array | string): Future<void> {
    return this.#hold.use('writeAll()').writeAll(data);
  }

  /**
   * Says that we will send no more, when everything before is on its way.
   *
   * **Cancel safety:** nothing is lost; the end was announced all the same.
   */
  shutdown(): Future<void> {
    return this.#hold.use('shutdown()').shutdown();
  }

  /** Is it the other half? @internal */
  checkIsOf(pair: object): void {
    this.#hold.use('reunite()');
    if (this.#hold.pair !== pair) throw new ReuniteError();
  }

  [Symbol.dispose](): void {
    this.#hold.drop((channel) => channel.end());
  }
}
