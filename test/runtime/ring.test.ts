import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Ring } from '../../src/runtime/ring.ts';
import { areGone } from '../support/garbage.ts';

function ringOf<T>(...items: T[]): Ring<T> {
  const ring = new Ring<T>();
  for (const item of items) ring.push(item);
  return ring;
}

function contents<T>(ring: Ring<T>): (T | undefined)[] {
  return Array.from({ length: ring.length }, (_, i) => ring.at(i));
}

describe('Ring', () => {
  it('is empty at first', () => {
    expect(new Ring().length).toBe(0);
    expect(new Ring().shift()).toBeUndefined();
    expect(new Ring().at(0)).toBeUndefined();
  });

  it('gives back first what came first', () => {
    const ring = ringOf('A', 'B', 'C');

    expect([ring.shift(), ring.shift(), ring.shift()]).toEqual(['A', 'B', 'C']);
  });

  it('keeps the order when it grows around its own end', () => {
    const ring = ringOf(0, 1, 2, 3);
    ring.shift();
    ring.shift();

    for (let i = 4; i < 12; i++) ring.push(i);

    expect(contents(ring)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('shows and gives back from its other end what came last', () => {
    const ring = ringOf('A', 'B', 'C', 'D');
    ring.shift();
    ring.push('E'); // Around the end of its slots.

    expect(ring.last).toBe('E');
    expect([ring.pop(), ring.pop(), ring.pop(), ring.pop()]).toEqual(['E', 'D', 'C', 'B']);
    expect([ring.length, ring.last, ring.pop()]).toEqual([0, undefined, undefined]);
  });

  it('takes one from the middle, and the others keep their order', () => {
    const ring = ringOf('A', 'B', 'C', 'D');

    const taken = ring.take(2);

    expect(taken).toBe('C');
    expect(contents(ring)).toEqual(['A', 'B', 'D']);
  });

  it('can hold undefined', () => {
    const ring = ringOf<undefined | string>(undefined, 'B');

    expect(ring.shift()).toBeUndefined();
    expect(ring.length).toBe(1);
  });

  it('forgets everybody when it is cleared, and can be used again', () => {
    const ring = ringOf('A', 'B');

    ring.clear();
    ring.push('C');

    expect(contents(ring)).toEqual(['C']);
  });

  it('holds on to nobody who was taken or forgotten', async () => {
    const ring = new Ring<object>();
    const refs = Array.from({ length: 4 }, (_, i) => {
      const item = { i };
      ring.push(item);
      return new WeakRef(item);
    });

    ring.shift();
    ring.take(1);
    const taken = await areGone(refs);
    ring.clear();

    expect(taken).toEqual([true, false, true, false]);
    expect(await areGone(refs)).toEqual([true, true, true, true]);
  });

  it('does what an array does', () => {
    const op = fc.constantFrom(
      'push',
      'push',
      'push',
      'push',
      'push',
      'shift',
      'shift',
      'take',
      'take',
      'pop',
      'last',
      'at',
      'clear',
    );
    const step = fc.record({ op, value: fc.nat(12) });
    const does: Record<string, (ring: Ring<number>, array: number[], value: number) => [unknown, unknown]> = {
      push: (ring, array, value) => [ring.push(value), void array.push(value)],
      shift: (ring, array) => [ring.shift(), array.shift()],
      pop: (ring, array) => [ring.pop(), array.pop()],
      last: (ring, array) => [ring.last, array.at(-1)],
      take: (ring, array, value) => [ring.take(value), array.splice(value, 1)[0]],
      at: (ring, array, value) => [ring.at(value), array[value]],
      clear: (ring, array) => [ring.clear(), void array.splice(0)],
    };

    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const [ring, array]: [Ring<number>, number[]] = [new Ring(), []];
        const [ours, theirs]: [unknown[], unknown[]] = [[], []];
        for (const { op, value } of steps) {
          const [our, their] = does[op]?.(ring, array, value) ?? [];
          ours.push(our, ring.length);
          theirs.push(their, array.length);
        }

        expect([...ours, ...contents(ring)]).toEqual([...theirs, ...array]);
      }),
      { numRuns: 2000 },
    );
  });

  it('goes on after it was huge and ran empty', () => {
    const ring = new Ring<number>();
    for (let i = 0; i < 70_000; i++) ring.push(i);
    let last: number | undefined;
    while (ring.length > 0) last = ring.shift();

    ring.push(1);
    ring.push(2);

    expect([last, ring.shift(), ring.shift(), ring.shift()]).toEqual([69_999, 1, 2, undefined]);
  });
});
