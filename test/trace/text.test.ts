import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockTime, count, grouped, percent, safe, seconds, span, times } from '../../src/trace/text.ts';
import { unclean } from '../support/views.ts';

describe('safe', () => {
  it.each([
    ['colours', '\u001b[31mred\u001b[0m', 'red'],
    ['colours in the eight-bit way', '\u009b31mred', 'red'],
    ['a cleared screen', '\u001b[2J\u001b[Hgone', 'gone'],
    ['the title of the window', '\u001b]0;pwned\u0007title', 'title'],
    ['the title, ended in the other way', '\u001b]0;pwned\u001b\\title', 'title'],
    ['a hyperlink', '\u001b]8;;http://evil\u0007click\u001b]8;;\u0007', 'click'],
    ['a bell and a backspace', 'ding\u0007dong\b\b\b\b', 'dingdong'],
    ['a carriage return that would hide what is before', 'rm -rf /\rls', 'rm -rf /ls'],
    ['a null', 'a\u0000b', 'ab'],
    ['delete', 'a\u007fb', 'ab'],
    ['marks that turn text around', 'user\u202enimda\u202c \u2066x\u2069 \u200e\u200f', 'usernimda x '],
  ])('takes out %s', (_, text, clean) => {
    expect(safe(text)).toBe(clean);
  });

  it('keeps line breaks, and makes one of a line feed with a carriage return', () => {
    expect(safe('one\ntwo\r\nthree')).toBe('one\ntwo\nthree');
  });

  it('makes spaces of a tab', () => {
    expect(safe('a\tb')).toBe('a    b');
  });

  it.each(['Grüße', '漢字', '👩‍👩‍👧', 'עברית', '→ · ▲'])('keeps %s', (text) => {
    expect(safe(text)).toBe(text);
  });

  it('leaves nothing unclean of any text, and cleans no more the second time', () => {
    const nasty = fc.string({ unit: fc.constantFrom(...'\u001b[]\u009b0;31mJ\u0007\\\r\n\t\u202e\u0000ab ') });

    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'binary' })), (text) => {
        const clean = safe(text);

        expect(unclean(clean)).toEqual([]);
        expect(safe(clean)).toBe(clean);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes out a command whole, and nothing beside it, whatever is in it', () => {
    const parameters = fc.string({ unit: fc.constantFrom(...'0123456789;?'), maxLength: 8 });
    const words = fc.string({ unit: fc.constantFrom(...'abz0; :/?=&-ü'), maxLength: 12 });
    const command = fc.oneof(
      fc.tuple(fc.constantFrom('\u001b[', '\u009b'), parameters, fc.constantFrom(...'mJHKhlABCDqrtu~')),
      fc.tuple(
        fc.constantFrom('\u001b]', '\u001bP', '\u001b_', '\u009d'),
        words,
        fc.constantFrom('\u0007', '\u001b\\', '\u009c'),
      ),
      fc.constantFrom(['\u001b(B'], ['\u001b7'], ['\u001bc'], ['\u001b=']),
    );
    fc.assert(
      fc.property(words, command, words, (before, parts, after) => {
        expect(safe(before + parts.join('') + after)).toBe(before + after);
      }),
      { numRuns: 3000 },
    );
  });

  it('does not take a line for the rest of a title that never ends', () => {
    expect(safe('\u001b]0;a title\nthe next line')).toBe('0;a title\nthe next line');
  });
});

describe('numbers', () => {
  it('show a time in milliseconds with three decimals', () => {
    expect([0, 2000, 0.0004, 1234.5678].map(clockTime)).toEqual(['0.000', '2000.000', '0.000', '1234.568']);
  });

  it('show a time in seconds with three decimals', () => {
    expect([0, 2000, 999.9, 86_400_000].map(seconds)).toEqual(['0.000 s', '2.000 s', '1.000 s', '86400.000 s']);
  });

  it('show a span in the unit that fits', () => {
    expect([0, 1.239, 999.99, 1000, 61_000].map(span)).toEqual([
      '0.00 ms',
      '1.24 ms',
      '999.99 ms',
      '1.000 s',
      '61.000 s',
    ]);
  });

  it('count in words', () => {
    expect([0, 1, 2, 1_000_000].map((n) => count(n, 'task'))).toEqual([
      '0 tasks',
      '1 task',
      '2 tasks',
      '1,000,000 tasks',
    ]);
  });

  it('have a comma between thousands, as English has it', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        expect(grouped(n)).toBe(n.toLocaleString('en-US'));
      }),
    );
  });

  it('tell a part of a whole, and never that it is all or nothing if it is not', () => {
    expect([0, 0.0001, 0.004, 0.5, 0.974, 0.9999, 1].map(percent)).toEqual([
      '0 %',
      'less than 0.1 %',
      '0.4 %',
      '50 %',
      '97 %',
      '99.9 %',
      '100 %',
    ]);
  });

  it('tell how often something happened', () => {
    expect([0, 1, 2, 3, 1000].map(times)).toEqual(['never', 'once', 'twice', '3 times', '1,000 times']);
  });
});
