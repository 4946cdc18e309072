import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteQueue } from '../../../src/runtime/io/byte-queue.ts';

type Step = { readonly push: number[] } | { readonly shift: number } | { readonly seek: number; readonly from: number };

const steps = fc.array(
  fc.oneof(
    fc.record({ push: fc.array(fc.nat(3), { maxLength: 40 }) }),
    fc.record({ shift: fc.nat(40) }),
    fc.record({ seek: fc.nat(3), from: fc.nat(10) }),
  ),
  { maxLength: 60 },
);

describe('ByteQueue', () => {
  it('does what an array does, however it is filled and emptied', () => {
    fc.assert(
      fc.property(steps, (program: Step[]) => {
        const queue = new ByteQueue();
        const model: number[] = [];
        for (const step of program) {
          if ('push' in step) {
            queue.push(Uint8Array.from(step.push));
            model.push(...step.push);
          } else if ('shift' in step) {
            const buffer = new Uint8Array(step.shift);
            const length = queue.shiftInto(buffer);
            expect([...buffer.subarray(0, length)]).toEqual(model.splice(0, step.shift));
          } else {
            expect(queue.indexOf(step.seek, step.from)).toBe(model.indexOf(step.seek, step.from));
          }
          expect(queue.length).toBe(model.length);
        }
        expect([...queue.shift(queue.length)]).toEqual(model);
      }),
      { numRuns: 1000 },
    );
  });

  it('hands out bytes of their own: what comes later does not change them', () => {
    const queue = new ByteQueue();
    queue.push(Uint8Array.of(1, 2, 3));
    const taken = queue.shift(2);
    queue.push(new Uint8Array(100).fill(9));

    expect([...taken]).toEqual([1, 2]);
  });

  it('stays small although a lot goes through it', () => {
    const queue = new ByteQueue();
    queue.push(new Uint8Array(1000));
    for (let i = 0; i < 100_000; i++) {
      queue.push(Uint8Array.of(i));
      queue.skip(1);
    }

    expect(queue.length).toBe(1000);
    expect([...queue.shift(3)]).toEqual([100_000 - 1000, 100_000 - 999, 100_000 - 998].map((n) => n % 256));
  });
});
