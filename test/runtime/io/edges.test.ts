/** What readers, copies and streams do at their edges. */
import {
  type Async,
  type AsyncRead,
  AsyncReader,
  BufReader,
  Context,
  consumeBudget,
  copy,
  copyBidirectional,
  type DuplexStream,
  duplex,
  type Future,
  hasBudgetRemaining,
  IoError,
  MAX_LINE_LENGTH,
  Pending,
  PolledAfterCompletionError,
  pollFuture,
  type ReadHalf,
  TURN_BUDGET,
  type WriteHalf,
  yieldNow,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { closedError, ioError } from '../../../src/runtime/io/io-error.ts';
import { Basket, Pieces, text } from '../../support/bytes.ts';
import { Gate } from '../../support/gate.ts';
import { byHand, CountingWaker, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';
import { told } from '../../support/told.ts';

const COMMA = ','.charCodeAt(0);

describe('a line', () => {
  it('may be empty, also the very first', () => {
    const reader = new BufReader(new Pieces('\ntea\n'));

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual(['', 'tea']);
  });

  it('ends with the byte that was asked for last, also in what was searched for another', () => {
    const gate = new Gate();
    const reader = new BufReader(new Pieces('\ntea\ncup', gate));
    const comma = byHand(reader.readUntil(COMMA));
    expect(comma.poll()).toBe(Pending);
    comma.drop();

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual(['', 'tea']);
  });

  it('is searched from its beginning again for another byte and back', () => {
    const gate = new Gate();
    const reader = new BufReader(new Pieces('tea,', gate, '\n'));
    const line = byHand(reader.readLine());
    line.poll();
    line.drop();

    expect(text(ready(reader.readUntil(COMMA)) as Uint8Array)).toBe('tea,');
  });

  it('that was too long is an answer: its wait cannot be polled again', () => {
    const wait = byHand(new BufReader(new Pieces('much too long\n'), { maxLineLength: 4 }).readLine());

    expect(() => wait.poll()).toThrow('max line length exceeded');
    expect(() => wait.poll()).toThrow(PolledAfterCompletionError);
  });
});

describe('BufReader', () => {
  it('takes lines of up to a mebibyte, unless told otherwise', () => {
    expect(MAX_LINE_LENGTH).toBe(1_048_576);
  });

  it('reads up to the largest byte there is', () => {
    const reader = new BufReader(new Pieces(new Uint8Array([1, 255, 2])));

    expect(ready(reader.readUntil(255))).toEqual(new Uint8Array([1, 255]));
  });

  it('drops what it reads from once', () => {
    let drops = 0;
    const source = Object.assign(new Pieces(), {
      [Symbol.dispose]() {
        drops += 1;
      },
    });

    new BufReader(source)[Symbol.dispose]();

    expect(drops).toBe(1);
  });

  it('waits for nothing any more when its wait was dropped', () => {
    const [, b] = duplex(8);
    const wait = new BufReader(b).readLine();
    const hand = byHand(wait);
    hand.poll();
    const before = wait.awaited;
    hand.drop();

    expect([before === undefined, wait.awaited]).toEqual([false, undefined]);
  });

  it.each<[string, () => unknown]>([
    ['new BufReader(), option capacity, expects 1 byte or more, and got 0', () => bufReader({ capacity: 0 })],
    ['new BufReader(), option maxLineLength, expects 1 byte or more, and got 0', () => bufReader({ maxLineLength: 0 })],
    ['duplex() expects room for 1 byte or more, and got 0', () => duplex(0)],
    ['readUntil() expects a byte, from 0 to 255, and got 256', () => bufReader({}).readUntil(256)],
  ])('refuses options: %s', (message, act) => {
    expect(act).toThrow(message);
  });

  function bufReader(options: object): BufReader {
    return new BufReader(new Pieces(), options);
  }
});

describe('a wait for bytes', () => {
  const buffer = new Uint8Array(8);
  const reader = (): BufReader => new BufReader(new Pieces());

  it.each<[string, () => Future<unknown>]>([
    ['readExact(8 bytes)', () => reader().readExact(buffer)],
    ['readToEnd()', () => reader().readToEnd()],
    ['readToString()', () => reader().readToString()],
    ['readUntil(44)', () => reader().readUntil(COMMA)],
    ['read(8 bytes)', () => reader().read(buffer)],
    ['writeAll(3 bytes)', () => duplex(8)[0].writeAll('tea')],
    ['shutdown()', () => duplex(8)[0].shutdown()],
    ['copy()', () => copy(new Pieces(), new Basket())],
    ['copyBidirectional()', () => copyBidirectional(duplex(8)[0], duplex(8)[1])],
  ])('goes by its name: %s', (label, make) => {
    expect(make().label).toBe(label);
  });
});

describe('a stream that was split', () => {
  it.each<[string, (stream: ReturnType<typeof duplex>[0]) => unknown]>([
    ['read()', (stream) => stream.read(new Uint8Array(1))],
    ['writeAll()', (stream) => stream.writeAll('tea')],
    ['shutdown()', (stream) => stream.shutdown()],
    ['split()', (stream) => stream.split()],
  ])('says so: %s', (name, act) => {
    const [stream] = duplex(8);
    stream.split();

    expect(() => act(stream)).toThrow(`${name} of a stream that has moved`);
  });
});

describe('copyBidirectional', () => {
  class TwoWay extends Basket implements AsyncRead {
    readonly #reader: Pieces;
    constructor(...pieces: readonly (string | Gate)[]) {
      super();
      this.#reader = new Pieces(...pieces);
    }
    read(buffer: Uint8Array) {
      return this.#reader.read(buffer);
    }
    get readsDropped(): number {
      return this.#reader.drops;
    }
  }

  it('cannot be polled again after its answer', () => {
    const both = byHand(copyBidirectional(new TwoWay('tea'), new TwoWay('cup')));

    expect(both.poll()).toEqual([3, 3]);
    expect(() => both.poll()).toThrow(PolledAfterCompletionError);
  });

  it('drops the way that is left, and nothing of the one that is done', () => {
    const [done, waits] = [new TwoWay('tea'), new TwoWay(new Gate())];
    const both = byHand(copyBidirectional(done, waits));
    both.poll();

    both.drop();
    both.drop();

    expect([done.readsDropped, waits.readsDropped]).toEqual([0, 1]);
  });
});

describe('copy', () => {
  function* spendAllBut(left: number): Async<void> {
    for (let i = left; i < TURN_BUDGET; i++) yield* consumeBudget();
  }

  it.each([
    [1, false],
    [2, true],
  ])('costs one unit for a turn that comes to something: of %i, is one left? %s', (units, left) =>
    run(function* () {
      yield* spendAllBut(units);

      ready(copy(new Pieces('tea'), new Basket()));

      expect(hasBudgetRemaining()).toBe(left);
    }),
  );

  it('costs nothing for a turn that comes to nothing, also after one that did', () =>
    run(function* () {
      const copying = byHand(copy(new Pieces('tea', new Gate()), new Basket()));
      yield* spendAllBut(2);

      copying.poll();
      copying.poll();

      expect(hasBudgetRemaining()).toBe(true);
    }));

  it('comes to something also by reading alone, and by writing alone', () =>
    run(function* () {
      const basket = new Basket();
      basket.gate = new Gate();
      const more = new Gate();
      const copying = byHand(copy(new Pieces('tea', more, 'cup'), basket));
      yield* spendAllBut(2);

      copying.poll();
      const afterReading = hasBudgetRemaining();
      basket.gate.open();
      copying.poll();
      const afterWriting = hasBudgetRemaining();
      more.open();

      expect([afterReading, afterWriting]).toEqual([true, false]);
      yield* yieldNow();
      expect([copying.poll(), basket.text]).toEqual([6, 'teacup']);
    }));

  it('moves nothing without a budget', () =>
    run(function* () {
      const pieces = new Pieces('tea');
      yield* spendAllBut(0);

      expect(byHand(copy(pieces, new Basket())).poll()).toBe(Pending);
      expect(pieces.reads).toBe(0);
    }));

  it('goes on with the read that has begun, and reads nothing behind the end', () => {
    const [more, room] = [new Gate(), new Gate()];
    const pieces = new Pieces(more, 'tea');
    const basket = new Basket();
    basket.gate = room;
    const copying = byHand(copy(pieces, basket));
    copying.poll();
    copying.poll();
    const waiting = pieces.reads;
    more.open();
    copying.poll();
    copying.poll();

    expect([waiting, pieces.reads]).toEqual([1, 2]);
  });

  it('drops what it waits for once, and cannot be polled then', () => {
    const pieces = new Pieces(new Gate());
    const copying = byHand(copy(pieces, new Basket()));
    copying.poll();

    copying.drop();
    copying.drop();

    expect(pieces.drops).toBe(1);
    expect(() => copying.poll()).toThrow(PolledAfterCompletionError);
  });

  it('lets go of the thread also where no executor polls', () => {
    class Endless extends AsyncReader {
      *read(buffer: Uint8Array): Async<number> {
        return buffer.length;
      }
    }

    expect(byHand(copy(new Endless(), new Basket())).poll()).toBe(Pending);
  });
});

describe('a pipe', () => {
  it('wakes a reader once, however often it has asked, and the one who asked last', () => {
    const [a, b] = duplex(8);
    const read = b.read(new Uint8Array(8));
    const [before, now] = [new CountingWaker(), new CountingWaker()];
    pollFuture(read, new Context(before));
    pollFuture(read, new Context(now));

    ready(a.writeAll('tea'));

    expect([before.wakes, now.wakes]).toEqual([0, 1]);
  });

  it.each([
    [1, false],
    [2, true],
  ])('costs a unit also for a write that fails: of %i, is one left? %s', (units, left) =>
    run(function* () {
      const [a, b] = duplex(8);
      b[Symbol.dispose]();
      for (let i = units; i < TURN_BUDGET; i++) yield* consumeBudget();

      expect(() => ready(a.writeAll('tea'))).toThrow('broken pipe');
      expect(hasBudgetRemaining()).toBe(left);
    }),
  );

  it('answers an error once', () => {
    const [a] = duplex(8);
    const read = byHand(a.read(new Uint8Array(8)));
    a[Symbol.dispose]();

    expect(() => read.poll()).toThrow('broken pipe');
    expect(() => read.poll()).toThrow(PolledAfterCompletionError);
  });

  it('wakes nobody when one in the middle of the line of writers gives up', () => {
    const [a] = duplex(1);
    const writers = ['ab', 'cd', 'ef'].map((text) => byHand(a.writeAll(text)));
    for (const writer of writers) writer.poll();

    writers[1]?.drop();

    expect(writers.map(({ wakes }) => wakes)).toEqual([0, 0, 0]);
  });

  it('does not wake a writer that will be woken for its budget, when the one before it is gone', () =>
    run(function* () {
      const [a, b] = duplex(1);
      const [first, second] = [byHand(a.writeAll('ab')), byHand(a.writeAll('cd'))];
      first.poll();
      for (let i = 0; i < TURN_BUDGET; i++) if (hasBudgetRemaining()) yield* consumeBudget();
      second.poll();

      first.drop();
      const early = second.wakes;
      b[Symbol.dispose]();

      expect([early, second.wakes]).toEqual([0, 0]);
      yield* yieldNow();
      expect(second.wakes).toBe(1);
    }));

  it('tells once that it is closed, and by whom', async () => {
    const lines = await told(function* () {
      const [a, b] = duplex(8);
      yield* a.shutdown();
      b[Symbol.dispose]();
      a[Symbol.dispose]();
    });

    expect(lines.filter((line) => line.includes('closed'))).toEqual([
      'main: pipe 1 closed, by senders',
      'main: pipe 2 closed, by senders',
    ]);
  });

  it('of an operation that was dropped cannot be polled', () => {
    const read = byHand(duplex(8)[0].readToEnd());
    read.drop();

    expect(() => read.poll()).toThrow(PolledAfterCompletionError);
  });
});

describe('halves', () => {
  const reunited = 'of a stream that has moved: reunite() has put its halves together again';

  it.each<[string, (r: ReadHalf<DuplexStream>, w: WriteHalf<DuplexStream>) => unknown]>([
    ['read()', (r) => r.read(new Uint8Array(1))],
    ['writeAll()', (_, w) => w.writeAll('tea')],
    ['shutdown()', (_, w) => w.shutdown()],
    ['reunite()', (r, w) => r.reunite(w)],
  ])('say so when they were reunited: %s', (name, act) => {
    const [read, write] = duplex(8)[0].split();
    read.reunite(write);

    expect(() => act(read, write)).toThrow(`${name} ${reunited}`);
  });

  it.each([0, 1] as const)('cannot be reunited when one was dropped: %i', (index) => {
    const halves = duplex(8)[0].split();
    halves[index][Symbol.dispose]();

    expect(() => halves[0].reunite(halves[1])).toThrow('this half of a stream was dropped');
  });
});

describe('an IoError', () => {
  it('has the error of the system as its cause, and none where there was none', () => {
    const error = Object.assign(new Error('gone'), { code: 'EWHAT' });

    expect(new IoError('read()', error).cause).toBe(error);
    expect(ioError('BrokenPipe', 'broken pipe').cause).toBeUndefined();
    expect(closedError('read()').cause).toMatchObject({ message: 'closed', code: 'EPIPE' });
  });

  it('is of no kind that Rust has a name for, where we know none', () => {
    expect(new IoError('read()', Object.assign(new Error('?'), { code: 'EWHAT' })).kind).toBe('Other');
  });
});
