import { describe, expect, it } from 'vitest';
import { JoinError } from '../../src/runtime/join-error.ts';

describe('JoinError', () => {
  it('names the task and what it threw', () => {
    const error = JoinError.panic(3, 'boiler', new Error('dry'));

    expect(error.message).toContain('boiler');
    expect(error.message).toContain('dry');
    expect(error.name).toBe('JoinError');
  });

  it('keeps what was thrown, whatever it was', () => {
    const thrown = ['not', 'an', 'error'];

    expect(JoinError.panic(3, 'boiler', thrown).cause).toBe(thrown);
  });

  it.each([
    ['a string', 'dry', 'dry'],
    ['undefined', undefined, 'undefined'],
    ['a number', 7, '7'],
    ['a symbol', Symbol('dry'), 'Symbol(dry)'],
    ['an object without a prototype', Object.create(null), 'boiler'],
  ])('has a message when the task threw %s', (_, thrown, text) => {
    expect(JoinError.panic(3, 'boiler', thrown).message).toContain(text);
  });

  it('of a cancelled task has no cause', () => {
    const error = JoinError.cancelled(3, 'boiler');

    expect('cause' in error).toBe(false);
  });
});
