import { IoError, RuntimeError } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { closedError } from '../../../src/runtime/io/io-error.ts';

describe('IoError', () => {
  const failed = (code: string) => Object.assign(new Error(`raw ${code}`), { code });

  it('is an error of the runtime, with its own name', () => {
    const error = new IoError('read()', failed('ECONNRESET'));

    expect(error).toBeInstanceOf(RuntimeError);
    expect(error.name).toBe('IoError');
  });

  it('keeps the code of the system, and the cause', () => {
    const cause = failed('ECONNRESET');

    const error = new IoError('read()', cause);

    expect(error.code).toBe('ECONNRESET');
    expect(error.cause).toBe(cause);
  });

  it('says in words what failed and why, and then the code', () => {
    const error = new IoError('connecting to 127.0.0.1:80', failed('ECONNREFUSED'));

    expect(error.message).toBe('connecting to 127.0.0.1:80 failed: nobody listens there (ECONNREFUSED)');
  });

  it('takes the words of the system where it has none', () => {
    expect(new IoError('read()', failed('EHOSTDOWN')).message).toBe('read() failed: raw EHOSTDOWN (EHOSTDOWN)');
  });

  it('of an error without a code has the code EIO', () => {
    expect(new IoError('read()', new Error('odd')).message).toBe('read() failed: odd (EIO)');
  });

  it('of an operation on a closed socket has the code EPIPE', () => {
    expect(closedError('read()').message).toBe('read() failed: the connection is closed (EPIPE)');
  });
});
