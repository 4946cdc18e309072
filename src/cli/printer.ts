/**
 * Puts lines on the terminal: coloured, fitted to its width, many at a time.
 *
 * @module
 */
import type { ChalkInstance } from 'chalk';
import type { Line, Piece, Tone } from '../trace/text.ts';
import type { Sheet } from './terminal.ts';

/** So much text is collected before it is written, in characters, while nobody watches. */
const ENOUGH = 32_768;

type Paint = (text: string) => string;

/** How each tone looks. */
function palette(chalk: ChalkInstance): Record<Tone, Paint> {
  return {
    plain: (text) => text,
    quiet: chalk.dim,
    time: chalk.dim,
    task: chalk.cyan,
    good: chalk.green,
    bad: chalk.red,
  };
}

/** Writes lines. Call {@link flush} when a person should see what was written. */
export class Printer {
  readonly #sheet: Sheet;
  readonly #paint: Record<Tone, Paint> | undefined;
  #text = '';

  private constructor(sheet: Sheet, paint: Record<Tone, Paint> | undefined) {
    this.#sheet = sheet;
    this.#paint = paint;
  }

  /** Colours are loaded only if they are shown. */
  static async on(sheet: Sheet): Promise<Printer> {
    if (!sheet.color) return new Printer(sheet, undefined);
    const { Chalk } = await import('chalk');
    return new Printer(sheet, palette(new Chalk({ level: 1 })));
  }

  /** One line; one that is too wide goes on below, indented. */
  line({ pieces, indent }: Line): void {
    for (const row of this.#fit(pieces, indent)) {
      const painted = together(trimmed(row)).map(({ tone, text }) => this.#paint?.[tone](text) ?? text);
      this.#text += `${painted.join('')}\n`;
    }
    if (this.#text.length > ENOUGH) this.flush();
  }

  /** A line of one tone. */
  say(text: string, tone: Tone = 'plain'): void {
    for (const row of text.split('\n')) this.line({ pieces: [{ tone, text: row }], indent: 0 });
  }

  flush(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    this.#sheet.out(text);
  }

  #fit(pieces: readonly Piece[], indent: number): Piece[][] {
    const { width } = this.#sheet;
    const length = pieces.reduce((sum, { text }) => sum + text.length, 0);
    if (width === undefined || length <= width) return [[...pieces]];
    return wrap(pieces, width, Math.min(indent, Math.floor(width / 2)));
  }
}

/** A row without the spaces at its end, before colours hide them: one too many would break the line. */
function trimmed(row: readonly Piece[]): Piece[] {
  const pieces = [...row];
  for (let last = pieces.pop(); last !== undefined; last = pieces.pop()) {
    const text = last.text.trimEnd();
    if (text !== '') return [...pieces, { tone: last.tone, text }];
  }
  return [];
}

/** Neighbours that look the same are one piece: a colour is turned on once, not for every word. */
function together(row: readonly Piece[]): Piece[] {
  const pieces: Piece[] = [];
  for (const piece of row) {
    const last = pieces.at(-1);
    if (last?.tone === piece.tone) pieces[pieces.length - 1] = { tone: last.tone, text: last.text + piece.text };
    else pieces.push(piece);
  }
  return pieces;
}

/** How many characters of a text to take, `room` at most, without cutting one in two. */
function whole(text: string, room: number): number {
  const cut = Math.max(0, room);
  return /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut;
}

/** Breaks a line at spaces where it can, and goes on `indent` columns from the left. */
function wrap(pieces: readonly Piece[], width: number, indent: number): Piece[][] {
  const rows: Piece[][] = [[]];
  let used = 0;
  let fresh = true;
  const newRow = () => {
    rows.push([{ tone: 'plain', text: ' '.repeat(indent) }]);
    used = indent;
    fresh = true;
  };
  for (const { tone, text } of pieces) {
    for (const word of text.split(/(?<= )(?=[^ ])/)) {
      let rest = word;
      if (used + rest.trimEnd().length > width && !fresh) newRow();
      while (used + rest.trimEnd().length > width) {
        const cut = whole(rest, width - used);
        rows.at(-1)?.push({ tone, text: rest.slice(0, cut) });
        rest = rest.slice(cut);
        newRow();
      }
      rows.at(-1)?.push({ tone, text: rest });
      used += rest.length;
      if (rest.trim() !== '') fresh = false;
    }
  }
  return rows;
}
