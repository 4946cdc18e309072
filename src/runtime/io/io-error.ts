/**
 * What goes wrong while bytes travel.
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

/** Rust's names for what systems and ours call otherwise. */
const KINDS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'AddrInUse',
  EADDRNOTAVAIL: 'AddrNotAvailable',
  EACCES: 'PermissionDenied',
  ECONNREFUSED: 'ConnectionRefused',
  ECONNRESET: 'ConnectionReset',
  EPIPE: 'BrokenPipe',
  ETIMEDOUT: 'TimedOut',
  BrokenPipe: 'BrokenPipe',
  InvalidData: 'InvalidData',
  MaxLineLengthExceeded: 'InvalidData',
  UnexpectedEof: 'UnexpectedEof',
};

/**
 * Reading, writing or connecting failed. `code` is the system's name for it, such as `ECONNRESET`,
 * or one of ours where no system was asked: `UnexpectedEof`, `InvalidData`, `BrokenPipe`,
 * `MaxLineLengthExceeded`.
 *
 * @example
 * ```ts
 * using listener = yield* TcpListener.bind('127.0.0.1:0');
 * try {
 *   yield* TcpListener.bind(String(listener.localAddress));
 * } catch (error) {
 *   (error as IoError).code; // => 'EADDRINUSE'
 *   (error as IoError).kind; // => 'AddrInUse'
 * }
 * ```
 */
export class IoError extends RuntimeError {
  readonly code: string;

  /** @param text the whole message, where Tokio has words of its own. */
  constructor(what: string, cause: Error & { readonly code?: string }, text?: string) {
    const code = cause.code ?? 'EIO';
    super(text ?? `${what} failed: ${REASONS[code] ?? cause.message} (${code})`, text === undefined ? { cause } : {});
    this.code = code;
  }

  /** What Rust calls it, whoever said so: a closed socket and a closed pipe are both `BrokenPipe`. */
  get kind(): string {
    return KINDS[this.code] ?? 'Other';
  }
}

/** An error that no system has found. It says what Tokio says. */
export function ioError(code: string, text: string): IoError {
  return new IoError('', Object.assign(new Error(text), { code }), text);
}

/** The error of an operation on a socket that is closed already. */
export function closedError(what: string): IoError {
  return new IoError(what, Object.assign(new Error('closed'), { code: 'EPIPE' }));
}
