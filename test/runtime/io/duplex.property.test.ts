/** Any program of reads, writes and drops on a duplex does what a model in plain arrays says, byte by byte and wake by wake. */
import { type DuplexStream, duplex, IoError, Pending } from 'async-lessons';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand, type HandPolled } from '../../support/hand-poll.ts';

const BROKEN = 'BrokenPipe';

/** One direction, as the model knows it. */
interface Way {
  readonly queue: number[];
  readonly writers: Op[];
  ending: boolean;
  closed: boolean;
  unread: boolean;
}

/** A read, a write or a shutdown on its way. */
interface Op {
  readonly kind: 'read' | 'write' | 'shutdown';
  readonly way: Way;
  readonly future: HandPolled<unknown>;
  readonly buffer: Uint8Array;
  rest: number[];
  wakes: number;
  /** Woken only when it polled last without having got on. */
  waits: boolean;
}

type Step =
  | { readonly do: 'read' | 'write'; readonly end: 0 | 1; readonly size: number }
  | { readonly do: 'shutdown' | 'dispose'; readonly end: 0 | 1 }
  | { readonly do: 'poll' | 'drop'; readonly which: number };

class World {
  readonly max: number;
  readonly ends: [DuplexStream, DuplexStream];
  /** What goes out of each end. */
  readonly ways: [Way, Way] = [newWay(), newWay()];
  readonly pending: Op[] = [];
  #next = 0;

  constructor(max: number) {
    this.max = max;
    this.ends = duplex(max);
  }

  do(step: Step): void {
    switch (step.do) {
      case 'read':
      case 'write':
      case 'shutdown':
        this.#begin(step.do, step.end, 'size' in step ? step.size : 0);
        break;
      case 'dispose':
        this.ends[step.end][Symbol.dispose]();
        close(this.ways[step.end]);
        close(this.ways[1 - step.end] as Way);
        (this.ways[1 - step.end] as Way).unread = true;
        (this.ways[1 - step.end] as Way).queue.length = 0;
        break;
      default: {
        const op = this.pending[step.which % this.pending.length];
        if (op === undefined) return;
        if (step.do === 'poll') this.#poll(op);
        else this.#drop(op);
      }
    }
    this.#checkWakes();
  }

  /** Nothing that could go on is left asleep. */
  #checkWakes(): void {
    for (const op of this.pending) {
      if (op.waits && this.#canGoOn(op)) expect(op.future.wakes, `${op.kind} was not woken`).toBeGreaterThan(op.wakes);
    }
  }

  #begin(kind: Op['kind'], end: 0 | 1, size: number): void {
    const stream = this.ends[end];
    const buffer = new Uint8Array(size);
    const rest: number[] = [];
    if (kind === 'write') for (let i = 0; i < size; i++) rest.push(this.#next++ % 256);
    const future =
      kind === 'read'
        ? stream.read(buffer)
        : kind === 'write'
          ? stream.writeAll(Uint8Array.from(rest))
          : stream.shutdown();
    const way = this.ways[kind === 'read' ? 1 - end : end] as Way;
    this.#poll({ kind, way, future: byHand<unknown>(future), buffer, rest, wakes: 0, waits: true });
  }

  #poll(op: Op): void {
    const expected = this.#expect(op);
    let actual: unknown;
    try {
      actual = op.future.poll();
    } catch (error) {
      actual = (error as IoError).code;
      expect(error).toBeInstanceOf(IoError);
    }
    if (op.kind === 'read' && typeof actual === 'number') actual = [...op.buffer.subarray(0, actual)];
    expect(actual).toEqual(expected);
    op.wakes = op.future.wakes;
    const index = this.pending.indexOf(op);
    if (expected === Pending && index < 0) this.pending.push(op);
    if (expected !== Pending && index >= 0) this.pending.splice(index, 1);
  }

  #drop(op: Op): void {
    op.future.drop();
    this.pending.splice(this.pending.indexOf(op), 1);
    if (op.kind === 'write') leave(op);
  }

  #canGoOn({ kind, way, ...op }: Op): boolean {
    if (kind === 'read') return way.queue.length > 0 || way.closed;
    if (kind === 'shutdown') return way.closed;
    return way.closed || (way.writers[0]?.future === op.future && way.queue.length < this.max);
  }

  /** What the model answers to a poll. */
  #expect(op: Op): unknown {
    const { way, kind } = op;
    if (kind === 'read') {
      if (way.unread) return BROKEN;
      if (way.queue.length === 0 && !way.closed && op.buffer.length > 0) return Pending;
      return way.queue.splice(0, op.buffer.length);
    }
    if (kind === 'shutdown') {
      way.ending = true;
      settle(way);
      return way.closed ? undefined : Pending;
    }
    while (op.rest.length > 0) {
      if (way.closed || (way.ending && !way.writers.includes(op))) {
        leave(op);
        return BROKEN;
      }
      const isFirst = way.writers.length === 0 || way.writers[0] === op;
      if (!isFirst || way.queue.length >= this.max) {
        if (!way.writers.includes(op)) way.writers.push(op);
        return Pending;
      }
      way.queue.push(...op.rest.splice(0, this.max - way.queue.length));
    }
    leave(op);
    return undefined;
  }
}

function newWay(): Way {
  return { queue: [], writers: [], ending: false, closed: false, unread: false };
}

function leave(op: Op): void {
  const index = op.way.writers.indexOf(op);
  if (index >= 0) op.way.writers.splice(index, 1);
  if (index >= 0) settle(op.way);
}

function settle(way: Way): void {
  if (way.ending && way.writers.length === 0) way.closed = true;
}

function close(way: Way): void {
  way.ending = true;
  way.closed = true;
}

const end = fc.constantFrom<0 | 1>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 60,
    arbitrary: fc.record({ do: fc.constantFrom('read' as const, 'write' as const), end, size: fc.nat(12) }),
  },
  { weight: 60, arbitrary: fc.record({ do: fc.constant('poll' as const), which: fc.nat(20) }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('drop' as const), which: fc.nat(20) }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('shutdown' as const), end }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('dispose' as const), end }) },
);

describe('any program on a duplex', () => {
  it('does what the model says, and leaves nobody asleep who could go on', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(step, { maxLength: 80 }), (max, program) => {
        const world = new World(max);
        for (const each of program) world.do(each);
      }),
      { numRuns: 2000 },
    );
  });
});
