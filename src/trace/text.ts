/**
 * Small pieces of text that every view needs.
 *
 * @module
 */
/** How a piece of a line is to look. A view says what it is; whoever prints decides on the colour. */
export type Tone = 'plain' | 'quiet' | 'time' | 'task' | 'good' | 'bad';

/** A piece of a line. */
export interface Piece {
  readonly tone: Tone;
  readonly text: string;
}

/** A line, before it is coloured and fitted to a width. */
export interface Line {
  readonly pieces: readonly Piece[];
  /** Where a line that is too long goes on: so many columns from the left. */
  readonly indent: number;
}

/**
 * What a terminal takes for a command, after ECMA-48, each in its long form and in that of one character:
 * strings (titles, links) up to their end on the same line, control sequences (colours, the cursor),
 * and what is shorter. Node's `stripVTControlCharacters` is not used, because a page has no Node, and
 * because it takes out other things in every version.
 */
const ESCAPES = new RegExp(
  [
    String.raw`(?:\u001b[\]P^_X]|[\u0090\u0098\u009d\u009e\u009f])[^\u0007\u001b\u009c\n]*(?:\u0007|\u001b\u005c|\u009c)`,
    String.raw`(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]`,
    String.raw`\u001b[ -/]*[0-~]`,
  ].join('|'),
  'g',
);

// Control characters, and the marks that turn the direction of text around.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is what it is for
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Makes text that came from a program, or through it from the network, safe to print: without
 * escape sequences and control characters. Line breaks stay, tabs become spaces.
 */
export function safe(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(ESCAPES, '').replaceAll('\t', '    ').replace(UNSAFE, '');
}

/** The same, in one line. */
export function safeLine(text: string): string {
  return safe(text).replaceAll('\n', ' ');
}

/** Milliseconds as a time of day of the run: `2000.125` with three decimals. */
export function clockTime(at: number): string {
  return at.toFixed(3);
}

/** Milliseconds as seconds: `2.000 s`. */
export function seconds(at: number): string {
  return `${(at / 1000).toFixed(3)} s`;
}

/** A short time, in the unit that fits: `1.24 ms`, `2.003 s`. */
export function span(ms: number): string {
  return ms < 1000 ? `${ms.toFixed(2)} ms` : seconds(ms);
}

/**
 * A whole number as people read it: `1,000,000`. The first `toLocaleString` of a process takes 10 ms: it loads the
 * languages of the world, and a lesson that runs at once would wait for them.
 */
export function grouped(n: number): string {
  return String(n).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** `1 task`, `2 tasks`, `1,000 tasks`. */
export function count(n: number, noun: string): string {
  return `${grouped(n)} ${noun}${n === 1 ? '' : 's'}`;
}

/** A part of a whole, from 0 to 1: `97 %`. What is not quite all is not said to be all, nor nothing what is little. */
export function percent(share: number): string {
  const hundred = 100 * share;
  if (hundred > 99 && hundred < 100) return `${(Math.floor(10 * hundred) / 10).toFixed(1)} %`;
  if (hundred > 0 && hundred < 1) return hundred < 0.1 ? 'less than 0.1 %' : `${hundred.toFixed(1)} %`;
  return `${Math.round(hundred)} %`;
}

/** How often: `once`, `twice`, `3 times`. */
export function times(n: number): string {
  if (n === 0) return 'never';
  return n <= 2 ? (['once', 'twice'][n - 1] as string) : `${grouped(n)} times`;
}
