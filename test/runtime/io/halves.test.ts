import { duplex, IoError, Pending, ReuniteError, UsedAfterDropError, UsedAfterMoveError } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { bytes, text } from '../../support/bytes.ts';
import { byHand, ready } from '../../support/hand-poll.ts';

const reads = (buffer = new Uint8Array(64)) => buffer;

describe('split', () => {
  it('gives a half that reads and a half that writes', () => {
    const [a, b] = duplex(64);
    const [reader, writer] = a.split();
    ready(writer.writeAll('there'));
    ready(b.writeAll('back'));
    ready(b.shutdown());

    expect(ready(reader.readToString())).toBe('back');
    expect(ready(b.readExact(new Uint8Array(5)))).toBe(5);
  });

  it('leaves a stream that cannot be used, and says why', () => {
    const [a] = duplex(64);
    a.split();

    for (const use of [() => a.read(reads()), () => a.writeAll('x'), () => a.shutdown(), () => a.split()]) {
      expect(use).toThrow(UsedAfterMoveError);
    }
    expect(() => a.read(reads())).toThrow(
      'read() of a stream that has moved: split() gave its connection to the halves, so read and write through them',
    );
    expect(() => byHand(a.readToString()).poll()).toThrow(UsedAfterMoveError);
  });

  it('leaves a stream that closes nothing when it is dropped', () => {
    const [a, b] = duplex(64);
    const [, writer] = a.split();
    a[Symbol.dispose]();
    ready(writer.writeAll('tea'));

    expect(ready(b.readExact(new Uint8Array(3)))).toBe(3);
  });

  it('does not disturb who reads already', () => {
    const [a, b] = duplex(64);
    const reading = byHand(a.read(reads()));
    reading.poll();
    a.split();
    ready(b.writeAll('tea'));

    expect([reading.wakes, reading.poll()]).toEqual([1, 3]);
  });
});

describe('the half that writes', () => {
  it('dropped says that no more will come; the other half can still hear', () => {
    const [a, b] = duplex(64);
    const [reader, writer] = a.split();
    ready(writer.writeAll('tea'));
    writer[Symbol.dispose]();

    expect(ready(b.readToString())).toBe('tea');
    ready(b.writeAll('late'));
    expect(ready(reader.readExact(new Uint8Array(4)))).toBe(4);
  });

  it('dropped after a shutdown changes nothing', () => {
    const [a, b] = duplex(64);
    const [reader, writer] = a.split();
    ready(writer.shutdown());
    writer[Symbol.dispose]();
    ready(b.writeAll('late'));

    expect(ready(reader.readExact(new Uint8Array(4)))).toBe(4);
  });

  it('cannot be used once it was dropped', () => {
    const [, writer] = duplex(64)[0].split();
    writer[Symbol.dispose]();

    expect(() => writer.writeAll('x')).toThrow(UsedAfterDropError);
    expect(() => writer.shutdown()).toThrow(UsedAfterDropError);
  });
});

describe('the half that reads', () => {
  it('dropped says nothing: the other half goes on writing', () => {
    const [a, b] = duplex(64);
    const [reader, writer] = a.split();
    reader[Symbol.dispose]();
    ready(b.writeAll('unheard'));
    ready(writer.writeAll('tea'));
    ready(writer.shutdown());

    expect(ready(b.readToEnd())).toEqual(bytes('tea'));
  });

  it('cannot be used once it was dropped', () => {
    const [reader] = duplex(64)[0].split();
    reader[Symbol.dispose]();

    expect(() => reader.read(reads())).toThrow('this half of a stream was dropped, and cannot be used any more');
  });
});

describe('both halves', () => {
  it.each(['reader first', 'writer first'])('dropped close the stream, %s', (order) => {
    const [a, b] = duplex(64);
    const halves = [...a.split()];
    const writing = byHand(b.writeAll('x'.repeat(100)));
    writing.poll();
    if (order === 'writer first') halves.reverse();

    halves[0]?.[Symbol.dispose]();
    halves[0]?.[Symbol.dispose]();
    const early = [writing.wakes, writing.poll()];
    halves[1]?.[Symbol.dispose]();

    expect(early).toEqual([0, Pending]);
    expect(() => writing.poll()).toThrow(IoError);
  });
});

describe('reunite', () => {
  it('makes the stream again', () => {
    const [a, b] = duplex(64);
    const [reader, writer] = a.split();
    const whole = reader.reunite(writer);
    ready(whole.writeAll('tea'));
    const [again] = whole.split();
    ready(b.writeAll('pot'));

    const buffer = new Uint8Array(3);
    ready(again.readExact(buffer));
    expect(text(buffer)).toBe('pot');
  });

  it('uses the halves up: dropping them closes nothing, using them is refused', () => {
    const [a, b] = duplex(64);
    const [reader, writer] = a.split();
    const whole = reader.reunite(writer);
    reader[Symbol.dispose]();
    writer[Symbol.dispose]();
    ready(whole.writeAll('tea'));

    expect(ready(b.readExact(new Uint8Array(3)))).toBe(3);
    for (const use of [() => reader.read(reads()), () => writer.writeAll('x'), () => reader.reunite(writer)]) {
      expect(use).toThrow(UsedAfterMoveError);
    }
    expect(() => a.read(reads())).toThrow(UsedAfterMoveError);
  });

  it('refuses halves of two streams, and leaves them as they were', () => {
    const [a, b] = duplex(64);
    const [[reader, writer], [reader2, writer2]] = [a.split(), b.split()];

    expect(() => reader.reunite(writer2)).toThrow(ReuniteError);
    expect(() => reader2.reunite(writer)).toThrow('tried to reunite halves that are not from the same socket');
    ready(reader.reunite(writer).writeAll('tea'));
    expect(ready(reader2.readExact(new Uint8Array(3)))).toBe(3);
  });

  it('refuses a half that was dropped', () => {
    const [reader, writer] = duplex(64)[0].split();
    writer[Symbol.dispose]();

    expect(() => reader.reunite(writer)).toThrow(UsedAfterDropError);
  });
});
