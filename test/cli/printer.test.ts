import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Printer } from '../../src/cli/printer.ts';
import type { Line, Tone } from '../../src/trace/text.ts';
import { FakeTerminal } from '../support/fake-terminal.ts';
import { readable } from '../support/views.ts';

const TONES: readonly Tone[] = ['plain', 'quiet', 'time', 'task', 'good', 'bad'];

/** What a terminal of that width shows of a line. */
async function shown(line: Line, width?: number, color = false): Promise<string> {
  const terminal = new FakeTerminal(width === undefined ? { color } : { width, color });
  const printer = await Printer.on(terminal);
  printer.line(line);
  printer.flush();
  return terminal.written;
}

function plain(text: string, indent = 4): Line {
  return { pieces: [{ tone: 'plain', text }], indent };
}

describe('a line', () => {
  it('that fits stays as it is', async () => {
    expect(await shown(plain('tea for two'), 40)).toBe('tea for two\n');
  });

  it('that is too wide goes on below, indented, broken at a space', async () => {
    expect(await shown(plain('one two three four five'), 14)).toBe('one two three\n    four five\n');
  });

  it('that has a word as wide as the window is broken inside of it', async () => {
    expect(await shown(plain('abcdefghijklmnopqrstuvwxyz'), 10)).toBe('abcdefghij\n    klmnop\n    qrstuv\n    wxyz\n');
  });

  it('is never broken where nobody watches', async () => {
    const long = 'word '.repeat(100).trimEnd();

    expect(await shown(plain(long))).toBe(`${long}\n`);
  });

  it('turns a colour on once for all that looks the same, also where it is broken', async () => {
    const line: Line = { pieces: [{ tone: 'bad', text: 'one two three four' }], indent: 2 };

    expect(await shown(line, 10, true)).toBe(
      '\u001b[31mone two\u001b[39m\n  \u001b[31mthree\u001b[39m\n  \u001b[31mfour\u001b[39m\n',
    );
  });

  it('loses the spaces at its end, and no others', async () => {
    expect(await shown(plain('  a  b  '), 40)).toBe('  a  b\n');
  });

  it('breaks no character in two', async () => {
    const text = `x${'😀'.repeat(30)}`;

    const rows = await shown(plain(text), 20);

    expect(rows).not.toMatch(/\p{Surrogate}/u);
    expect(rows.replace(/\s/g, '')).toBe(text);
  });

  it('is coloured piece by piece', async () => {
    const line: Line = {
      pieces: [
        { tone: 'task', text: 'main  ' },
        { tone: 'bad', text: 'oh' },
      ],
      indent: 0,
    };

    expect(await shown(line, undefined, true)).toBe('\u001b[36mmain  \u001b[39m\u001b[31moh\u001b[39m\n');
  });

  it('is, whatever it says, as narrow as the window, with or without colours, and loses nothing', async () => {
    const pieces = fc.array(
      fc.record({
        tone: fc.constantFrom(...TONES),
        text: fc.string({ unit: fc.constantFrom('a', 'bc', ' ', '  ', 'defghij') }),
      }),
      { maxLength: 6 },
    );

    await fc.assert(
      fc.asyncProperty(
        pieces,
        fc.integer({ min: 10, max: 40 }),
        fc.nat(30),
        fc.boolean(),
        async (all, width, indent, color) => {
          const rows = readable(await shown({ pieces: all, indent }, width, color));

          expect(rows.split('\n').filter((row) => row.length > width)).toEqual([]);
          expect(rows.replace(/\s/g, '')).toBe(
            all
              .map(({ text }) => text)
              .join('')
              .replace(/\s/g, ''),
          );
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('a printer', () => {
  it('keeps what it has to say until it is told to show it', async () => {
    const terminal = new FakeTerminal();
    const printer = await Printer.on(terminal);

    printer.say('tea');
    expect(terminal.written).toBe('');
    printer.flush();

    expect(terminal.written).toBe('tea\n');
  });

  it('does not keep more than a little', async () => {
    const terminal = new FakeTerminal();
    const printer = await Printer.on(terminal);

    for (let n = 0; n < 10_000; n++) printer.say('0123456789');

    expect(terminal.written.length).toBeGreaterThan(11 * 10_000 - 33_000);
  });

  it('says a text of several lines in several lines', async () => {
    const terminal = new FakeTerminal();
    const printer = await Printer.on(terminal);

    printer.say('one\n\ntwo');
    printer.flush();

    expect(terminal.written).toBe('one\n\ntwo\n');
  });
});
