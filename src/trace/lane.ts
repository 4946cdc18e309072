/**
 * One lane of a timeline: what one task did, column by column.
 *
 * Drawn in layers. What runs is never drawn over; marks go over what is ready or waits; what a task
 * waits for is written where there is room; and the ways of other tasks' wakes pass behind all that.
 *
 * @module
 */
import type { Scale } from './scale.ts';
import type { Life, Span } from './spans.ts';
import type { Piece, Tone } from './text.ts';
import type { Signs } from './timeline.ts';
import { letters, widthOf } from './width.ts';

/** One column of a lane. */
export interface Cell {
  readonly text: string;
  readonly tone: Tone;
}

/** The columns of one task. */
export class Lane {
  readonly cells: Cell[];
  readonly #life: Life;
  readonly #scale: Scale;
  readonly #signs: Signs;
  /** Where the wakes of others pass. */
  readonly #crossings: number[] = [];

  constructor(life: Life, scale: Scale, signs: Signs) {
    this.#life = life;
    this.#scale = scale;
    this.#signs = signs;
    this.cells = Array.from({ length: scale.columns }, () => ({ text: signs.absent, tone: 'quiet' }));
    for (const span of life.spans) {
      if (span.state === 'ready') this.#paint(span, { text: signs.ready, tone: 'plain' });
      if (span.state === 'waiting') this.#paint(span, { text: signs.waiting, tone: 'quiet' });
    }
    for (const span of life.spans) {
      if (span.state === 'running') this.#paint(span, { text: signs.running, tone: 'good' });
    }
    if (life.ended !== null && life.ended.outcome !== 'ok') this.#drop(scale.columnOf(life.ended));
  }

  /** A poll has all the columns of its stretch; other spans have those in which they are more than a moment. */
  #paint({ from, to, state }: Span, cell: Cell): void {
    let [first, end] = [this.#scale.columnOf(from), this.#scale.columnOf(to)];
    if (state === 'running') {
      const { column, columns } = this.#scale.stretchOf(from.step);
      [first, end] = [column, Math.min(column + columns, this.cells.length)];
    }
    for (let column = first; column < end; column++) this.cells[column] = cell;
  }

  #drop(column: number): void {
    const free = [column, column + 1].find((n) => this.cells[n] !== undefined && !this.#isAt(n, this.#signs.running));
    if (free !== undefined) this.cells[free] = { text: this.#signs.dropped, tone: 'bad' };
  }

  #isAt(column: number, sign: string): boolean {
    return this.cells[column]?.text === sign;
  }

  /** Marks a wake, unless the task runs in that column. */
  mark(column: number, text: string): boolean {
    if (this.#isAt(column, this.#signs.running) || this.#isAt(column, this.#signs.dropped)) return false;
    this.cells[column] = { text, tone: 'task' };
    return true;
  }

  /** Lets a wake of other tasks pass. */
  cross(column: number): void {
    this.#crossings.push(column);
  }

  /** Writes what the task waits for, wherever that fits with a piece of lane on both sides. */
  label(textOf: (wait: Span) => string): void {
    for (const span of this.#life.spans) {
      if (span.state !== 'waiting' || span.awaits.length === 0) continue;
      const { start, length } = this.#widest(span);
      const text = [textOf(span), span.awaits.map(({ op }) => op).join(' | ')].find(
        (text) => widthOf(text) <= length - 2,
      );
      if (text === undefined) continue;
      let column = start + Math.floor((length - widthOf(text)) / 2);
      for (const letter of letters(text)) {
        this.cells[column] = { text: letter, tone: 'quiet' };
        // The other half of a wide letter.
        if (widthOf(letter) === 2) this.cells[column + 1] = { text: '', tone: 'quiet' };
        column += widthOf(letter);
      }
    }
  }

  /** The longest piece of a span that is all waiting. */
  #widest({ from, to }: Span): { start: number; length: number } {
    let start = this.#scale.columnOf(from);
    let widest = { start, length: 0 };
    const end = this.#scale.columnOf(to);
    for (let column = start; column <= end; column++) {
      if (column < end && this.#isAt(column, this.#signs.waiting)) continue;
      if (column - start > widest.length) widest = { start, length: column - start };
      start = column + 1;
    }
    return widest;
  }

  /** Draws what passes behind: cuts, and the wakes of others. */
  finish(): void {
    const { waiting, ready, absent, way, crossing, cut } = this.#signs;
    for (const stretch of this.#scale.stretches) {
      if (!stretch.cut) continue;
      for (const column of [stretch.column, stretch.column + stretch.columns - 2]) {
        if (this.#isAt(column, waiting) || this.#isAt(column, ready)) this.cells[column] = { text: cut, tone: 'quiet' };
      }
    }
    for (const column of this.#crossings) {
      if (this.#isAt(column, waiting)) this.cells[column] = { text: crossing, tone: 'task' };
      if (this.#isAt(column, absent)) this.cells[column] = { text: way, tone: 'task' };
    }
  }
}

/** Cells as pieces: neighbours that look the same are one. */
export function lineOf(cells: readonly Cell[]): Piece[] {
  const pieces: { tone: Tone; text: string }[] = [];
  for (const { tone, text } of cells) {
    const last = pieces.at(-1);
    if (last?.tone === tone) last.text += text;
    else pieces.push({ tone, text });
  }
  return pieces;
}
