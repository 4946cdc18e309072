/**
 * Where a socket is: a host and a port.
 *
 * @module
 */
import { InvalidOptionError } from '../errors.ts';

/** The highest port there is. */
const LAST_PORT = 65_535;

/**
 * A host and a port.
 *
 * @example
 * ```ts
 * String(new SocketAddress('127.0.0.1', 8080)); // => '127.0.0.1:8080'
 * String(new SocketAddress('::1', 8080)); // => '[::1]:8080'
 * ```
 */
export class SocketAddress {
  readonly host: string;
  readonly port: number;

  constructor(host: string, port: number) {
    this.host = host;
    this.port = port;
  }

  toString(): string {
    return this.host.includes(':') ? `[${this.host}]:${this.port}` : `${this.host}:${this.port}`;
  }
}

/**
 * Reads an address: `127.0.0.1:8080`, `localhost:8080`, `[::1]:8080`.
 *
 * @throws {InvalidOptionError} for anything else, and for a port that does not exist.
 */
export function parseAddress(what: string, text: string): SocketAddress {
  const match = /^(?:\[([^\]]+)\]|([^:[\]]+)):(\d+)$/.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > LAST_PORT) {
    throw new InvalidOptionError(what, `an address such as 127.0.0.1:8080, with a port up to ${LAST_PORT}`, text);
  }
  return new SocketAddress((match[1] ?? match[2]) as string, port);
}
