/**
 * Both directions in one: what a socket and one end of a duplex have in common.
 *
 * @module
 */
import type { Future } from '../future.ts';
import type { AsyncWrite } from './async-io.ts';
import { AsyncReader } from './async-reader.ts';
import { type Channel, halvesOf, type ReadHalf, UsedAfterMoveError, type WriteHalf } from './halves.ts';

/** Something that is read and written. Disposing it closes it. */
export abstract class ByteStream extends AsyncReader implements AsyncWrite, Disposable {
  /** `undefined` once the halves have it. */
  #channel: Channel | undefined;

  /** @internal */
  constructor(channel: Channel) {
    super();
    this.#channel = channel;
  }

  /**
   * Waits for bytes and puts them into the buffer, as many as are there and fit in. Answers how
   * many; 0 means that the other end will send no more.
   *
   * **Order:** everybody who waits is woken; who is polled first takes what is there.
   * **Cancel safety:** nothing is lost.
   *
   * @throws {IoError} if the connection broke (`ECONNRESET`), or was closed by us.
   */
  override read(buffer: Uint8Array): Future<number> {
    return this.#open('read()').read(buffer);
  }

  /**
   * Writes all of it, and waits while the other end is slower than we are.
   *
   * **Order:** who began first is done first. **Cancel safety:** data may be lost: how much was
   * written is not known.
   *
   * @param data bytes, or text to be sent as UTF-8.
   * @throws {IoError} if the connection is closed or broke.
   */
  writeAll(data: Uint8Array | string): Future<void> {
    return this.#open('writeAll()').writeAll(data);
  }

  /**
   * Says that we will send no more, when everything before is on its way. The other end can still
   * be heard.
   *
   * **Cancel safety:** nothing is lost; the end was announced all the same.
   *
   * @throws {IoError} if the connection broke.
   */
  shutdown(): Future<void> {
    return this.#open('shutdown()').shutdown();
  }

  /**
   * Takes it apart, so that one task can own the reading and another the writing. The stream itself
   * cannot be used afterwards, and disposing it does nothing.
   *
   * Dropping the half that writes says that no more will come; dropping both closes the stream.
   *
   * @throws {UsedAfterMoveError} if it was split before.
   */
  split(): [ReadHalf<this>, WriteHalf<this>] {
    const channel = this.#open('split()');
    this.#channel = undefined;
    return halvesOf(channel, () => this.whole());
  }

  /** The stream again, made of what its halves have shared. */
  protected abstract whole(): this;

  /** Closes it. What is still on its way out may be lost. */
  [Symbol.dispose](): void {
    this.#channel?.[Symbol.dispose]();
  }

  #open(what: string): Channel {
    if (this.#channel === undefined) {
      throw new UsedAfterMoveError(what, 'split() gave its connection to the halves, so read and write through them');
    }
    return this.#channel;
  }
}
