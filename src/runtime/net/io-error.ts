/**
 * What the network has to say.
 *
 * @module
 */
import { RuntimeError } from '../errors.ts';

/** The usual ones, in words. */
const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is in use',
  EADDRNOTAVAIL: 'this machine has no such address',
  EACCES: 'permission denied (ports below 1024 belong to the administrator)',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the peer reset the connection',
  EPIPE: 'the connection is closed',
  ETIMEDOUT: 'nobody answered',
  ENOTFOUND: 'there is no such host',
  EMFILE: 'this process has too many files and sockets open',
};

/**
 * An operation on a socket failed. `code` is the system's name for it, such as `ECONNRESET`.
 *
 * @example
 * ```ts
 * using listener = yield* TcpListener.bind('127.0.0.1:0');
 * try {
 *   yield* TcpListener.bind(String(listener.localAddress));
 * } catch (error) {
 *   (error as IoError).code; // => 'EADDRINUSE'
 * }
 * ```
 */
export class IoError extends RuntimeError {
  readonly code: string;

  constructor(what: string, cause: Error & { readonly code?: string }) {
    const code = cause.code ?? 'EIO';
    super(`${what} failed: ${REASONS[code] ?? cause.message} (${code})`, { cause });
    this.code = code;
  }
}

/** The error of an operation on a socket that is closed already. */
export function closedError(what: string): IoError {
  return new IoError(what, Object.assign(new Error('closed'), { code: 'EPIPE' }));
}
