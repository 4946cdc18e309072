/**
 * Text is UTF-8 on its way.
 *
 * @module
 */
import { ioError } from './io-error.ts';

const encoder = new TextEncoder();
// A byte order mark at the beginning is a character like any other, as in Rust.
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The bytes of a text; bytes as they are. */
export function toBytes(data: Uint8Array | string): Uint8Array {
  return typeof data === 'string' ? encoder.encode(data) : data;
}

/** The text that the bytes mean. @throws {IoError} `InvalidData` if they are no UTF-8. */
export function toText(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw ioError('InvalidData', 'stream did not contain valid UTF-8');
  }
}
