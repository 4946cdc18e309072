import {
  type Async,
  type AsyncRead,
  BufReader,
  DeadlockError,
  duplex,
  Elapsed,
  InvalidOptionError,
  IoError,
  join,
  MAX_LINE_LENGTH,
  Pending,
  PolledAfterCompletionError,
  ref,
  select,
  sleep,
  spawn,
  timeout,
} from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { bytes, Pieces, text } from '../../support/bytes.ts';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run } from '../../support/run.ts';

/** All the lines that are there, and then what it answers at the end. */
function linesOf(reader: BufReader): (string | undefined)[] {
  const lines: (string | undefined)[] = [];
  do lines.push(ready(reader.readLine()));
  while (lines.at(-1) !== undefined);
  return lines;
}

const tooLong = expect.objectContaining({
  message: 'max line length exceeded',
  code: 'MaxLineLengthExceeded',
  kind: 'InvalidData',
});

describe('readLine', () => {
  it.each([
    ['lines without their endings', ['one\ntwo\n'], ['one', 'two']],
    ['the rest at the end, which nobody has ended', ['one\ntwo'], ['one', 'two']],
    ['empty lines', ['\n\none\n\n'], ['', '', 'one', '']],
    ['nothing of nothing', [], []],
    ['lines that end as on Windows', ['one\r\n\r\ntwo\r\n'], ['one', '', 'two']],
    ['an ending that comes in two pieces', ['one\r', '\ntwo'], ['one', 'two']],
    ['one return, and no more, as part of the ending', ['one\r\r\ntwo'], ['one\r', 'two']],
    ['a return where no newline follows', ['a\rb\nrest\r'], ['a\rb', 'rest\r']],
    ['a line that comes in many pieces', ['o', 'n', 'e\nt', 'wo'], ['one', 'two']],
    ['a letter that comes in two pieces', [bytes('☕').subarray(0, 2), bytes('☕').subarray(2), '\n'], ['☕']],
    ['a byte order mark', ['\ufeffone\n'], ['\ufeffone']],
    ['a zero byte', ['a\0b\n'], ['a\0b']],
  ])('answers %s', (_, sent, expected) => {
    expect(linesOf(new BufReader(new Pieces(...sent)))).toEqual([...expected, undefined]);
  });

  it('answers undefined at the end, again and again', () => {
    const reader = new BufReader(new Pieces());

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual([undefined, undefined]);
  });

  it('answers a line without waiting for the next piece', () => {
    const reader = new BufReader(new Pieces('one\ntwo\nthr', new Gate()));

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual(['one', 'two']);
    expect(byHand(reader.readLine()).poll()).toBe(Pending);
  });

  it('throws at a line that is no UTF-8, and goes on behind it', () => {
    const reader = new BufReader(new Pieces('good\n', Uint8Array.of(0xff, 0x0a), 'better\n'));

    expect(ready(reader.readLine())).toBe('good');
    expect(() => ready(reader.readLine())).toThrow(
      expect.objectContaining({ message: 'stream did not contain valid UTF-8', code: 'InvalidData' }),
    );
    expect(linesOf(reader)).toEqual(['better', undefined]);
  });

  it('throws at half a letter before the end', () => {
    const reader = new BufReader(new Pieces('a', bytes('☕').subarray(0, 2)));

    expect(() => ready(reader.readLine())).toThrow(IoError);
    expect(ready(reader.readLine())).toBeUndefined();
  });

  it('throws what the reader throws, and keeps what came before', () => {
    let broken = true;
    class Breaks extends Pieces {
      override *read(buffer: Uint8Array): Async<number> {
        if (broken && this.reads === 1) throw new Error('broken');
        return yield* super.read(buffer);
      }
    }
    const reader = new BufReader(new Breaks('hal', 'f\n'));

    expect(() => ready(reader.readLine())).toThrow('broken');
    broken = false;
    expect(ready(reader.readLine())).toBe('half');
  });

  it('asks for so many bytes at a time', () => {
    const asked: number[] = [];
    class Asked extends Pieces {
      override read(buffer: Uint8Array): Async<number> {
        asked.push(buffer.length);
        return super.read(buffer);
      }
    }
    ready(new BufReader(new Asked('one\n')).readLine());
    ready(new BufReader(new Asked('one\n'), { capacity: 3 }).readLine());

    expect(asked).toEqual([8192, 3, 3]);
  });

  it('works with a class that knows nothing of ours', () => {
    const twice: AsyncRead = {
      *read(buffer) {
        buffer.set(bytes('tea\n'));
        return 4;
      },
    };
    const reader = new BufReader(twice);

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual(['tea', 'tea']);
  });

  it('cannot be awaited twice: the second time is not the end', () => {
    const line = new BufReader(new Pieces('one\ntwo\n')).readLine();
    ready(line);

    expect(() => byHand(line).poll()).toThrow(PolledAfterCompletionError);
  });
});

describe('a line that never ends', () => {
  it('is refused at a megabyte', () => {
    const reader = new BufReader(new Pieces('x'.repeat(MAX_LINE_LENGTH), 'x', new Gate()));

    expect(() => ready(reader.readLine())).toThrow(tooLong);
  });

  it('of exactly the limit is a line', () => {
    const reader = new BufReader(new Pieces('12345\n12345'), { maxLineLength: 5 });

    expect(linesOf(reader)).toEqual(['12345', '12345', undefined]);
  });

  it.each([
    ['as a whole', ['123456\nnext\n']],
    ['without its end', ['123456', '789\nnext\n']],
    ['byte by byte', [...'123456789\nnext\n']],
  ])('is skipped, however it comes: %s', (_, sent) => {
    const reader = new BufReader(new Pieces('ok\n', ...sent, '7654321'), { maxLineLength: 5 });

    expect(ready(reader.readLine())).toBe('ok');
    expect(() => ready(reader.readLine())).toThrow(tooLong);
    expect(ready(reader.readLine())).toBe('next');
    expect(() => ready(reader.readLine())).toThrow(tooLong);
    expect(ready(reader.readLine())).toBeUndefined();
  });

  it('is not kept while it is skipped', () => {
    const reader = new BufReader(new Pieces('x'.repeat(100_000), '\nnext'), { maxLineLength: 5 });

    expect(() => ready(reader.readLine())).toThrow(tooLong);
    expect(linesOf(reader)).toEqual(['next', undefined]);
  });

  it('is read on as it is by who reads bytes', () => {
    const reader = new BufReader(new Pieces('123456789\nnext\n'), { maxLineLength: 5 });

    expect(() => ready(reader.readLine())).toThrow(tooLong);
    ready(reader.readExact(new Uint8Array(10)));
    expect(ready(reader.readLine())).toBe('next');
  });

  it('that comes byte by byte costs each byte once', () => {
    class Drip implements AsyncRead {
      left = MAX_LINE_LENGTH / 2;
      *read(buffer: Uint8Array): Async<number> {
        this.left -= 1;
        buffer[0] = this.left === 0 ? 0x0a : 0x78;
        return 1;
      }
    }

    const started = performance.now();
    expect(ready(new BufReader(new Drip()).readLine())).toHaveLength(MAX_LINE_LENGTH / 2 - 1);
    // Searching from the beginning for each byte takes ten times as long.
    expect(performance.now() - started).toBeLessThan(4000);
  });

  it.each(['capacity', 'maxLineLength'])('%s must be a whole number from 1 on', (option) => {
    for (const value of [0, -1, 1.5, Number.NaN]) {
      expect(() => new BufReader(new Pieces(), { [option]: value })).toThrow(InvalidOptionError);
    }
  });
});

describe('a wait for a line that is given up', () => {
  it('loses nothing: the next one finds what has come', () => {
    const [first, second] = [new Gate(), new Gate()];
    const reader = new BufReader(new Pieces('on', first, 'e', second, '\n'));
    const lost = [byHand(reader.readLine()), byHand(reader.readLine())];

    expect(lost[0]?.poll()).toBe(Pending);
    lost[0]?.drop();
    first.open();
    expect(lost[1]?.poll()).toBe(Pending);
    lost[1]?.drop();
    second.open();

    expect(ready(reader.readLine())).toBe('one');
  });

  it('drops the read, once', () => {
    const pieces = new Pieces(new Gate());
    const waiting = byHand(new BufReader(pieces).readLine());
    waiting.poll();
    waiting.drop();
    waiting.drop();

    expect(pieces.drops).toBe(1);
  });

  it('in a select loses nothing, although half a line had come', async () => {
    const seen = await run(function* () {
      const [a, b] = duplex(64);
      const reader = new BufReader(b);
      yield* a.writeAll('half a ');
      const { branch } = yield* select({ line: reader.readLine(), other: sleep(1) });
      yield* a.writeAll('line\n');
      return [branch, yield* reader.readLine()];
    });

    expect(seen).toEqual(['other', 'half a line']);
  });

  it('in time loses nothing, however often', async () => {
    const [line, times] = await run(function* () {
      const [a, b] = duplex(4);
      const reader = new BufReader(b);
      spawn(
        (function* (): Async<void> {
          for (const letter of '☕ for two\n') {
            yield* a.writeAll(letter);
            yield* sleep(10);
          }
        })(),
      );
      for (let missed = 0; ; missed++) {
        try {
          return [yield* timeout(3, reader.readLine()), missed];
        } catch (error) {
          if (!(error instanceof Elapsed)) throw error;
        }
      }
    });

    expect(line).toBe('☕ for two');
    expect(times).toBeGreaterThan(20);
  });

  it('for a line that is skipped goes on skipping', () => {
    const gate = new Gate();
    const reader = new BufReader(new Pieces('123456', gate, '789\nnext'), { maxLineLength: 5 });
    expect(() => ready(reader.readLine())).toThrow(tooLong);
    const lost = byHand(reader.readLine());
    lost.poll();
    lost.drop();
    gate.open();

    expect(linesOf(reader)).toEqual(['next', undefined]);
  });
});

describe('two tasks that read the same lines', () => {
  it('get each line once, and none is left waiting', async () => {
    const seen = await run(function* () {
      const [a, b] = duplex(64);
      const reader = new BufReader(b);
      const readers = [1, 2, 3].map(() => spawn(reader.readLine()));
      yield* sleep(1);
      yield* a.writeAll('one\ntwo\nthree\n');
      return yield* join(...readers);
    });

    expect(seen.toSorted()).toEqual(['one', 'three', 'two']);
  });

  it('do not read into the same room', () => {
    const [a, b] = duplex(64);
    const reader = new BufReader(b);
    const [one, two] = [byHand(reader.readLine()), byHand(reader.readLine())];
    one.poll();
    two.poll();
    ready(a.writeAll('one'));
    one.poll();
    ready(a.writeAll(' two'));
    two.poll();
    ready(a.writeAll('\nthree\n'));

    expect([one.poll(), two.poll()]).toEqual(['one two', 'three']);
  });

  it('do not read into the same room, also where a reader fills it bit by bit', () => {
    const gates = [new Gate(), new Gate(), new Gate()];
    const letters = [...'\nab'].map((letter) => letter.charCodeAt(0));
    let reads = 0;
    const reader = new BufReader({
      *read(buffer) {
        const [gate, letter] = [gates[reads], letters[reads]];
        reads += 1;
        if (gate === undefined) return 0;
        buffer[0] = letter as number;
        yield* gate;
        return 1;
      },
    });
    gates[0]?.open();
    ready(reader.readLine());
    const [one, two] = [byHand(reader.readLine()), byHand(reader.readLine())];
    one.poll();
    two.poll();
    gates[1]?.open();
    gates[2]?.open();

    expect([one.poll(), two.poll()]).toEqual(['a', 'b']);
  });

  it('one of which lends its wait', async () => {
    const seen = await run(function* () {
      const [a, b] = duplex(64);
      const reader = new BufReader(b);
      const lent = reader.readLine();
      yield* select({ line: ref(lent), other: sleep(1) });
      yield* a.writeAll('one\ntwo\n');
      return [yield* reader.readLine(), yield* lent];
    });

    expect(seen).toEqual(['one', 'two']);
  });
});

describe('lines', () => {
  it('answers one by one, and then undefined', () => {
    const lines = new BufReader(new Pieces('one\ntwo')).lines();

    expect([ready(lines.nextLine()), ready(lines.nextLine()), ready(lines.nextLine())]).toEqual([
      'one',
      'two',
      undefined,
    ]);
  });

  it('goes on where the reader stands', () => {
    const reader = new BufReader(new Pieces('one\ntwo\nthree\n'));
    ready(reader.readLine());

    expect([ready(reader.lines().nextLine()), ready(reader.readLine())]).toEqual(['two', 'three']);
  });
});

describe('readUntil', () => {
  const COMMA = 0x2c;

  it('answers up to the byte, and the byte, then the rest, then undefined', () => {
    const reader = new BufReader(new Pieces('a,b', 'c,,d'));
    const parts = Array.from({ length: 5 }, () => ready(reader.readUntil(COMMA)));

    expect(parts.map((part) => part && text(part))).toEqual(['a,', 'bc,', ',', 'd', undefined]);
  });

  it('takes any bytes, also such as are no text', () => {
    const reader = new BufReader(new Pieces(Uint8Array.of(0xff, 0xfe, 0, 1)));

    expect(ready(reader.readUntil(0))).toEqual(Uint8Array.of(0xff, 0xfe, 0));
  });

  it('may look for another byte each time', () => {
    const reader = new BufReader(new Pieces('a\nb,c', new Gate()));
    const lost = byHand(reader.readUntil(0));
    lost.poll();
    lost.drop();

    expect(text(ready(reader.readUntil(COMMA)) as Uint8Array)).toBe('a\nb,');
  });

  it('given up loses nothing', () => {
    const gate = new Gate();
    const reader = new BufReader(new Pieces('a', gate, 'b,'));
    const lost = byHand(reader.readUntil(COMMA));
    lost.poll();
    lost.drop();
    gate.open();

    expect(text(ready(reader.readUntil(COMMA)) as Uint8Array)).toBe('ab,');
  });

  it('has the limit of a line', () => {
    const reader = new BufReader(new Pieces('123456,7'), { maxLineLength: 5 });

    expect(() => ready(reader.readUntil(COMMA))).toThrow(tooLong);
  });

  it.each([-1, 256, 1.5, Number.NaN])('refuses %s, which is no byte', (byte) => {
    expect(() => new BufReader(new Pieces()).readUntil(byte)).toThrow(InvalidOptionError);
  });
});

describe('read', () => {
  it('takes first what was read already, then what comes', () => {
    const reader = new BufReader(new Pieces('head\nbo', 'dy'));
    ready(reader.readLine());
    const buffer = new Uint8Array(8);

    expect(text(buffer.subarray(0, ready(reader.read(buffer))))).toBe('bo');
    expect(text(buffer.subarray(0, ready(reader.read(buffer))))).toBe('dy');
    expect(ready(reader.read(buffer))).toBe(0);
  });

  it('gives a head in lines and a body in bytes', () => {
    const reader = new BufReader(new Pieces('Length: 4\r\n\r\nbo', 'dymore'));
    const head = [ready(reader.readLine()), ready(reader.readLine())];
    const body = new Uint8Array(4);
    ready(reader.readExact(body));

    expect([...head, text(body), ready(reader.readToString())]).toEqual(['Length: 4', '', 'body', 'more']);
  });

  it('and lines take turns', () => {
    const reader = new BufReader(new Pieces('abc\ndef\n'));
    ready(reader.readExact(new Uint8Array(2)));

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual(['c', 'def']);
  });

  it('in the middle of a line does not hide its end', () => {
    const gate = new Gate();
    const reader = new BufReader(new Pieces('abc', gate, 'x\nd\n'));
    const lost = byHand(reader.readLine());
    lost.poll();
    lost.drop();
    gate.open();
    ready(reader.readExact(new Uint8Array(4)));

    expect([ready(reader.readLine()), ready(reader.readLine())]).toEqual(['', 'd']);
  });

  it('into no room is ready at once', () => {
    expect(byHand(new BufReader(new Pieces(new Gate())).read(new Uint8Array(0))).poll()).toBe(0);
  });
});

describe('a BufReader', () => {
  it('dropped drops what it reads from', () => {
    const [a, b] = duplex(64);
    new BufReader(b)[Symbol.dispose]();
    const [c, d] = duplex(64);
    new BufReader(d).lines()[Symbol.dispose]();

    for (const end of [a, c]) expect(ready(end.read(new Uint8Array(1)))).toBe(0);
  });

  it('of something that cannot be dropped can be dropped', () => {
    expect(() => new BufReader(new Pieces())[Symbol.dispose]()).not.toThrow();
  });

  it('that waits for ever is reported with what it waits for', async () => {
    const stuck = run(function* () {
      const [, b] = duplex(64);
      yield* new BufReader(b).readLine();
    });

    await expect(stuck).rejects.toThrow(DeadlockError);
    await expect(stuck).rejects.toThrow(/main waits for read\(8192 bytes\) on a pipe/);
  });

  it('says itself what it waits for', () => {
    const [, b] = duplex(64);
    const line = new BufReader(b).readLine();
    byHand(line).poll();

    expect([line.label, line.awaited]).toMatchObject(['readLine()', { kind: 'pipe' }]);
  });
});
