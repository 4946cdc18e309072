/**
 * A table that fits: as many columns as there is room for, a row a line.
 *
 * @module
 */
import { type Line, safeLine, type Tone } from '../text.ts';

/** A column. */
export interface Column {
  readonly title: string;
  /** Numbers stand to the right. @default 'left' */
  readonly align?: 'left' | 'right';
  /** The column with the highest number is left out first; one with 0 stays. */
  readonly drop: number;
  /** How narrow it may become before a column is left out. @default as wide as its text */
  readonly least?: number;
  /** Wider it never is. @default as wide as its text */
  readonly most?: number;
  /** Which end of a text that is too long is left out. @default 'end' */
  readonly cut?: 'start' | 'end';
}

/** A row: a cell for each column, and how it is to look. */
export interface Row {
  readonly cells: readonly string[];
  readonly tone: Tone;
}

const GAP = '  ';

/** The title row and the rows, none wider than `width`. A column with nothing in it is left out. */
export function table(columns: readonly Column[], rows: readonly Row[], width: number, unicode: boolean): Line[] {
  const cells = rows.map(({ cells }) => cells.map(safeLine));
  const wide = columns.map(({ title, most = Number.POSITIVE_INFINITY }, i) =>
    Math.min(most, Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0))),
  );
  const filled = columns.map((_, i) => i).filter((i) => columns[i]?.drop === 0 || cells.some((row) => row[i]));
  const shown = fitting(columns, filled, wide, width);
  const widths = share(columns, wide, shown, width);
  const dots = unicode ? '…' : '...';
  const line = (texts: readonly string[], tone: Tone): Line => {
    const row = shown.map((column, i) => cell(texts[column] ?? '', columns[column] as Column, widths[i] ?? 0, dots));
    return { pieces: [{ tone, text: cut(row.join(GAP).trimEnd(), width, 'end', dots) }], indent: 0 };
  };
  const titles = columns.map(({ title }) => title);
  return [line(titles, 'quiet'), ...cells.map((texts, i) => line(texts, rows[i]?.tone ?? 'plain'))];
}

/** Which columns there is room for, when each is as narrow as it may be. */
function fitting(columns: readonly Column[], filled: readonly number[], wide: readonly number[], width: number) {
  let shown = filled;
  for (;;) {
    const needed = shown.reduce((sum, i) => sum + narrow(columns, wide, i), (shown.length - 1) * GAP.length);
    const droppable = shown.filter((i) => (columns[i]?.drop ?? 0) > 0);
    if (needed <= width || droppable.length === 0) return shown;
    const next = droppable.reduce((worst, i) => ((columns[i]?.drop ?? 0) > (columns[worst]?.drop ?? 0) ? i : worst));
    shown = shown.filter((i) => i !== next);
  }
}

function narrow(columns: readonly Column[], wide: readonly number[], i: number): number {
  return Math.min(wide[i] ?? 0, columns[i]?.least ?? Number.POSITIVE_INFINITY);
}

/** What room is left goes to the columns that were made narrow, the more important ones first. */
function share(columns: readonly Column[], wide: readonly number[], shown: readonly number[], width: number): number[] {
  const widths = new Map(shown.map((i) => [i, narrow(columns, wide, i)]));
  let room = width - (shown.length - 1) * GAP.length - [...widths.values()].reduce((sum, n) => sum + n, 0);
  const byRank = [...shown].sort((a, b) => (columns[a]?.drop ?? 0) - (columns[b]?.drop ?? 0));
  for (const i of byRank) {
    const has = widths.get(i) ?? 0;
    const more = Math.max(0, Math.min(room, (wide[i] ?? 0) - has));
    widths.set(i, has + more);
    room -= more;
  }
  return shown.map((i) => widths.get(i) ?? 0);
}

function cell(text: string, column: Column, width: number, dots: string): string {
  const fitted = cut(text, width, column.cut ?? 'end', dots);
  return column.align === 'right' ? fitted.padStart(width) : fitted.padEnd(width);
}

function cut(text: string, width: number, where: 'start' | 'end', dots: string): string {
  if (text.length <= width) return text;
  if (width <= dots.length) return text.slice(0, Math.max(0, width));
  const kept = width - dots.length;
  return where === 'start' ? dots + whole(text.slice(text.length - kept)) : whole(text.slice(0, kept)) + dots;
}

/** Without half a character at either end. */
function whole(text: string): string {
  return text.replace(/^[\udc00-\udfff]|[\ud800-\udbff]$/g, '');
}
