/**
 * Reads what people write on a command line.
 *
 * @module
 */
import { InvalidArgumentError } from 'commander';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, '': 1 };

/** The longest duration that makes sense here: 30 years, in ms. The runtime waits no longer. */
const LONGEST = 30 * 365 * 86_400_000;

/** `2s`, `500ms`, `1.5s`, `2m`; a bare number is milliseconds. Answers milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*(ms|s|m|h|)$/.exec(text.trim());
  const duration = Number(match?.[1]) * (UNITS[match?.[2] ?? ''] as number);
  if (duration > LONGEST) throw new InvalidArgumentError('Give a duration of up to 30 years.');
  if (match === null || Number.isNaN(duration)) {
    throw new InvalidArgumentError('Give a duration of zero or more, such as 2s, 500ms or 250 (milliseconds).');
  }
  return duration;
}

/** A duration that is not zero. */
export function parseWait(text: string): number {
  const wait = parseDuration(text);
  if (wait === 0) throw new InvalidArgumentError('Give a duration above zero, such as 5s.');
  return wait;
}

/** A whole number in a range. Underscores and commas between digits are fine: `1_000_000`. */
export function parseCount(atLeast: number, atMost = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = /^\d+([_,]\d{3})*$/.test(text) ? Number(text.replaceAll(/[_,]/g, '')) : Number.NaN;
    if (value >= atLeast && value <= atMost) return value;
    const range = atMost === Number.MAX_SAFE_INTEGER ? `${atLeast} or more` : `from ${atLeast} to ${atMost}`;
    throw new InvalidArgumentError(`Give a whole number, ${range}.`);
  };
}

/** `5%`, `0.5%`; a bare number is a percentage as well. Answers the share, from 0 to 1. */
export function parsePercent(text: string): number {
  const match = /^(\d+(?:\.\d+)?|\.\d+)\s*%?$/.exec(text.trim());
  const percent = Number(match?.[1] ?? Number.NaN);
  if (!(percent <= 100)) throw new InvalidArgumentError('Give a percentage from 0% to 100%, such as 5%.');
  return percent / 100;
}

/** A port, or 0 for any free one. */
export function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535)) throw new InvalidArgumentError('Give a port from 1 to 65535, or 0 for any free one.');
  return port;
}

/** Faster than this and the clock would pass whole lessons between two polls. */
const FASTEST = 1_000_000;

/** How many times as fast. */
export function parseSpeed(text: string): number {
  const speed = /^(\d+(\.\d+)?|\.\d+)x?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (speed > FASTEST) throw new InvalidArgumentError(`Give a number up to ${FASTEST}.`);
  if (!(speed > 0)) {
    throw new InvalidArgumentError('Give a number above 0, such as 10 for ten times as fast.');
  }
  return speed;
}

/** A seed: the same one, the same choices. */
export function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(seed < 2 ** 32)) throw new InvalidArgumentError('Give a whole number from 0 to 4294967295.');
  return seed;
}

/** Some text that is not empty. */
export function parseText(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return text;
}

/** What a file can be, by its ending. */
export const ENDINGS = ['.jsonl', '.trace.json', '.svg', '.html', '.findings.json'] as const;

/** The ending that says what a file is to be, or `undefined`. */
export function endingOf(path: string): (typeof ENDINGS)[number] | undefined {
  return ENDINGS.find((ending) => path.toLowerCase().endsWith(ending));
}

/** A file to write; the option may be given more than once. `-` is stdout. */
export function parseSavedFile(text: string, others: readonly string[] = []): string[] {
  if (text !== '-' && endingOf(text) === undefined) {
    throw new InvalidArgumentError(`Give a file that ends in ${ENDINGS.join(', ')}; or - for stdout.`);
  }
  if (others.includes(text)) throw new InvalidArgumentError('That file is to be written already.');
  return [...others, text];
}
