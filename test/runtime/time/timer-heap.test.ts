import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Timer } from '../../../src/runtime/time/timer.ts';
import { TimerHeap } from '../../../src/runtime/time/timer-heap.ts';
import { TestTimer } from '../../support/test-timer.ts';

function heapOf(...ticks: number[]): [TimerHeap, Timer[]] {
  const heap = new TimerHeap();
  const timers = ticks.map(() => new TestTimer());
  for (const [i, timer] of timers.entries()) heap.add(timer, ticks[i] as number);
  return [heap, timers];
}

function takeAll(heap: TimerHeap, tick = Number.POSITIVE_INFINITY): Timer[] {
  const taken: Timer[] = [];
  for (let timer = heap.takeDue(tick); timer !== undefined; timer = heap.takeDue(tick)) taken.push(timer);
  return taken;
}

describe('TimerHeap', () => {
  it('has nobody first when it is empty', () => {
    const heap = new TimerHeap();

    expect([heap.first(), heap.takeDue(100), heap.size]).toEqual([undefined, undefined, 0]);
  });

  it('gives timers by their tick', () => {
    const [heap, timers] = heapOf(30, 10, 20);

    const ticks = takeAll(heap).map(({ tick }) => tick);

    expect(ticks).toEqual([10, 20, 30]);
    expect(timers.map(({ armed }) => armed)).toEqual([false, false, false]);
  });

  it('gives timers of one tick in the order of their registration', () => {
    const [heap, timers] = heapOf(5, 5, 5, 5, 5);

    expect(takeAll(heap)).toEqual(timers);
  });

  it('gives none whose tick has not come', () => {
    const [heap, [late, early]] = heapOf(30, 10);

    expect(takeAll(heap, 20)).toEqual([early]);
    expect(heap.first()).toBe(late);
  });

  it('gives one at its very tick', () => {
    const [heap, [timer]] = heapOf(10);

    expect([heap.takeDue(9), heap.takeDue(10)]).toEqual([undefined, timer]);
  });

  it('forgets a timer for good that is removed', () => {
    const [heap, [first, middle, last]] = heapOf(10, 20, 30);

    heap.remove(middle as Timer);

    expect(heap.size).toBe(2);
    expect(takeAll(heap)).toEqual([first, last]);
  });

  it('removes a timer once: a second time does nothing', () => {
    const [heap, [first]] = heapOf(10, 20);

    heap.remove(first as Timer);
    heap.remove(first as Timer);

    expect(heap.size).toBe(1);
  });

  it('knows who is armed', () => {
    const [heap, [first, second]] = heapOf(10, 20);

    heap.remove(first as Timer);

    expect([first?.armed, second?.armed]).toEqual([false, true]);
  });

  it('registers a timer anew behind the others of its tick', () => {
    const [heap, [first, second]] = heapOf(10, 10);

    heap.remove(first as Timer);
    heap.add(first as Timer, 10);

    expect(takeAll(heap)).toEqual([second, first]);
  });

  it('lists those that are due without taking them', () => {
    const [heap, [b, a]] = heapOf(20, 10, 30);

    expect(heap.due(20)).toEqual([a, b]);
    expect(heap.size).toBe(3);
  });

  it('does what a sorted array does', () => {
    const step = fc.record({
      op: fc.constantFrom('add', 'add', 'add', 'add', 'remove', 'remove', 'take'),
      who: fc.nat(40),
      tick: fc.nat(12),
    });
    const byTick = (a: Timer, b: Timer) => a.tick - b.tick;

    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        const [heap, everybody]: [TimerHeap, Timer[]] = [new TimerHeap(), []];
        let sorted: Timer[] = [];
        const [ours, theirs]: [unknown[], unknown[]] = [[], []];
        const numberOf = (timer: Timer | undefined) => (timer === undefined ? undefined : everybody.indexOf(timer));
        for (const { op, who, tick } of steps) {
          const timer = everybody[who % Math.max(1, everybody.length)];
          if (op === 'add') {
            const fresh = new TestTimer();
            everybody.push(fresh);
            heap.add(fresh, tick);
            // A stable sort: those of one tick stay in the order in which they came.
            sorted = [...sorted, fresh].sort(byTick);
          } else if (op === 'remove' && timer !== undefined) {
            heap.remove(timer);
            sorted = sorted.filter((other) => other !== timer);
          } else if (op === 'take') {
            const isDue = sorted[0] !== undefined && sorted[0].tick <= tick;
            ours.push(numberOf(heap.takeDue(tick)));
            theirs.push(isDue ? numberOf(sorted.shift()) : undefined);
          }
          ours.push(heap.size, numberOf(heap.first()));
          theirs.push(sorted.length, numberOf(sorted[0]));
        }
        ours.push(...heap.due(6).map(numberOf), ...everybody.map(({ armed }) => armed));
        theirs.push(...sorted.filter((timer) => timer.tick <= 6).map(numberOf));
        theirs.push(...everybody.map((timer) => sorted.includes(timer)));

        expect([...ours, ...takeAll(heap).map(numberOf)]).toEqual([...theirs, ...sorted.map(numberOf)]);
      }),
      { numRuns: 2000 },
    );
  });
});
