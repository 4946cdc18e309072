/**
 * Two streams that are each other's other end, in memory.
 *
 * ```text
 *   a.writeAll ──▶ [ pipe ] ──▶ b.read
 *   a.read     ◀── [ pipe ] ◀── b.writeAll
 * ```
 *
 * @module
 */
import { InvalidOptionError } from '../errors.ts';
import type { Future } from '../future.ts';
import { ByteStream } from './byte-stream.ts';
import type { Channel } from './halves.ts';
import { Pipe } from './pipe.ts';

/** One end: it reads from one pipe, and writes into the other. */
class End implements Channel {
  readonly #from: Pipe;
  readonly #to: Pipe;

  constructor(from: Pipe, to: Pipe) {
    this.#from = from;
    this.#to = to;
  }

  read(buffer: Uint8Array): Future<number> {
    return this.#from.read(buffer);
  }

  writeAll(data: Uint8Array | string): Future<void> {
    return this.#to.writeAll(data);
  }

  shutdown(): Future<void> {
    return this.#to.shutdown();
  }

  end(): void {
    this.#to.end();
  }

  [Symbol.dispose](): void {
    this.#to.close('senders');
    this.#from.close('receiver');
  }
}

/**
 * One end of a {@link duplex}. Disposing it lets the other end read what is left and then the end;
 * what the other end writes fails, also what it is writing right now.
 */
export class DuplexStream extends ByteStream {
  readonly #end: End;

  /** @internal */
  constructor(end: End) {
    super(end);
    this.#end = end;
  }

  protected override whole(): this {
    return new DuplexStream(this.#end) as this;
  }
}

/**
 * A stream in memory: what one end writes the other reads, both ways. It stands in for a connection
 * wherever there shall be no network, above all in tests.
 *
 * **Order:** a write wakes who reads, and a read wakes who writes; both run on.
 *
 * @param maxBytes how many bytes may be on their way in each direction before a write waits.
 * @throws {InvalidOptionError} unless that is a whole number from 1 on.
 *
 * @example
 * ```ts
 * const [client, server] = duplex(64);
 * yield* client.writeAll('ping');
 * const buffer = new Uint8Array(4);
 * yield* server.readExact(buffer); // => 4
 * new TextDecoder().decode(buffer); // => 'ping'
 * ```
 */
export function duplex(maxBytes: number): [DuplexStream, DuplexStream] {
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new InvalidOptionError('duplex()', 'room for 1 byte or more', maxBytes);
  }
  const there = new Pipe(maxBytes, `duplex, first end to second, ${maxBytes} bytes`);
  const back = new Pipe(maxBytes, `duplex, second end to first, ${maxBytes} bytes`);
  return [new DuplexStream(new End(back, there)), new DuplexStream(new End(there, back))];
}
