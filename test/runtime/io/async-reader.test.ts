import { IoError, Pending, PolledAfterCompletionError, sleep } from 'async-lessons';
import { describe, expect, it } from 'vitest';
import { bytes, Pieces, text } from '../../support/bytes.ts';
import { Gate } from '../../support/gate.ts';
import { byHand, ready } from '../../support/hand-poll.ts';
import { run, warningsOf } from '../../support/run.ts';

describe('readExact', () => {
  it('fills the whole buffer, however it comes', () => {
    const buffer = new Uint8Array(6);

    expect(ready(new Pieces('t', 'ea', 'pot').readExact(buffer))).toBe(6);
    expect(text(buffer)).toBe('teapot');
  });

  it('leaves for the next one what does not fit in', () => {
    const reader = new Pieces('teapot');
    const buffer = new Uint8Array(3);

    ready(reader.readExact(buffer));
    ready(reader.readExact(buffer));

    expect(text(buffer)).toBe('pot');
  });

  it('of nothing reads nothing', () => {
    const reader = new Pieces();

    expect(ready(reader.readExact(new Uint8Array(0)))).toBe(0);
    expect(reader.reads).toBe(0);
  });

  it.each(['', 'te'])('throws an IoError at an early end, after %j', (sent) => {
    const failing = byHand(new Pieces(sent, '').readExact(new Uint8Array(3)));

    expect(() => failing.poll()).toThrow(IoError);
    expect(() => byHand(new Pieces(sent).readExact(new Uint8Array(3))).poll()).toThrow(
      expect.objectContaining({ message: 'early eof', code: 'UnexpectedEof', kind: 'UnexpectedEof' }),
    );
  });

  it('throws what the reader throws', () => {
    class Broken extends Pieces {
      override *read(): Generator<never, number, void> {
        throw new Error('broken');
      }
    }

    expect(() => byHand(new Broken().readExact(new Uint8Array(3))).poll()).toThrow('broken');
  });

  it('dropped while it waits drops the read', () => {
    const reader = new Pieces('t', new Gate(), 'ea');
    const waiting = byHand(reader.readExact(new Uint8Array(3)));
    waiting.poll();

    waiting.drop();
    waiting.drop();

    expect(reader.drops).toBe(1);
  });
});

describe('readToEnd', () => {
  it('answers all of it', () => {
    expect(ready(new Pieces('one ', 'two').readToEnd())).toEqual(bytes('one two'));
  });

  it('answers nothing of what is empty', () => {
    expect(ready(new Pieces().readToEnd())).toEqual(new Uint8Array(0));
  });

  it('answers a megabyte in order', () => {
    const sent = Uint8Array.from({ length: 1_000_000 }, (_, i) => i % 251);

    expect(Buffer.compare(ready(new Pieces(sent).readToEnd()), sent)).toBe(0);
  });

  it('waits where the reader waits', () => {
    const gate = new Gate();
    const reading = byHand(new Pieces('one ', gate, 'two').readToEnd());

    const first = reading.poll();
    gate.open();

    expect([first, reading.wakes, text(ready(reading))]).toEqual([Pending, 1, 'one two']);
  });
});

describe('readToString', () => {
  it('answers text, also if a letter comes in two pieces', () => {
    const [a, b] = [bytes('☕').subarray(0, 1), bytes('☕').subarray(1)];

    expect(ready(new Pieces('tea ', a, b).readToString())).toBe('tea ☕');
  });

  it('keeps a byte order mark: it is a character', () => {
    expect(ready(new Pieces('\ufefftea').readToString())).toBe('\ufefftea');
  });

  it.each([
    ['a byte that begins nothing', [0x74, 0xff]],
    ['half a letter', [0xe2, 0x98]],
    ['an overlong form', [0xc0, 0xaf]],
    ['half of a surrogate pair', [0xed, 0xa0, 0x80]],
  ])('throws an IoError at %s', (_, sent) => {
    expect(() => byHand(new Pieces(Uint8Array.from(sent)).readToString()).poll()).toThrow(
      expect.objectContaining({ message: 'stream did not contain valid UTF-8', code: 'InvalidData' }),
    );
  });
});

describe('what they answer', () => {
  it('cannot be awaited twice', () => {
    const reading = new Pieces('tea').readToString();
    ready(reading);

    expect(() => byHand(reading).poll()).toThrow(PolledAfterCompletionError);
  });

  it('cannot be awaited again after it has thrown', () => {
    const reading = new Pieces().readExact(new Uint8Array(1));

    expect(() => byHand(reading).poll()).toThrow(IoError);
    expect(() => byHand(reading).poll()).toThrow(PolledAfterCompletionError);
  });

  it('is told of when it was made and never awaited', async () => {
    const forgotten: string[] = [];
    await run(
      function* () {
        new Pieces('tea').readToString();
        yield* sleep(1);
      },
      {
        observer: (event) => {
          if (event.kind === 'future.unawaited') forgotten.push(event.op);
        },
      },
    );

    expect(forgotten).toEqual(['readToString()']);
  });

  it('drops quietly when it was never polled', async () => {
    const warnings = await warningsOf(function* () {
      using _unpolled = new Pieces('tea').readToEnd();
    });

    expect(warnings).toEqual([]);
  });
});
