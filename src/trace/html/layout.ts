/**
 * Where a moment is in a picture that can be zoomed.
 *
 * A layout has units of its own, as many as it likes; a window says which of them are to be seen, and
 * on how many pixels.
 *
 * ```text
 *   layout   0 ├──────────────┬───────────┬──────────────┤ length
 *   window                    from        to
 *   pixels                    0 ───────── width
 * ```
 *
 * There are two: *compressed*, as `scale.ts` has it, where each poll can be seen and long idle
 * stretches are cut; and *true time*, where a second is a second.
 *
 * @module
 */
import { type Axis, type Tick, ticks } from '../axis.ts';
import { Scale } from '../scale.ts';
import type { Moment, Span, Spans } from '../spans.ts';
import { countBefore } from './history.ts';

/** What is to be seen of a layout. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Where idle time was left out, in pixels. */
interface Cut {
  readonly from: number;
  readonly to: number;
  /** How long it was, in ms. */
  readonly ms: number;
}

/** Moments to units. */
export interface Layout {
  readonly length: number;
  /** So much of it is always to be seen. */
  readonly closest: number;
  /** Where a moment is. */
  at(moment: Moment): number;
  /** Where a span begins and ends. */
  ends(span: Span): readonly [from: number, to: number];
  /** The round times in a window that is so many pixels wide, and what is cut out there. */
  axis(
    window: Window,
    width: number,
    letter: number,
  ): { readonly ticks: readonly Tick[]; readonly cuts: readonly Cut[] };
}

/** What a poll gets at least, in units of the compressed layout, and a cut. As in the SVG, and much finer. */
const LEAST = 1000;
const CUT = 15_000;
const UNITS = 100_000;

/** True time is to be seen no closer than this, in ms: clocks are not that fine. */
const CLOSEST_MS = 1e-3;

/** A little more than the window is looked at, so that its edge is no place to begin at. */
const MARGIN = 0.02;

/** Each poll can be seen, and what is long and idle is cut. */
export class Compressed implements Layout {
  readonly #scale: Scale;
  readonly length: number;
  readonly closest = LEAST / 2;

  constructor(spans: Spans) {
    const lives = spans.lives();
    const turns = lives.reduce(
      (sum, { spans }) => sum + spans.filter(({ state }) => state === 'running').length + 1,
      0,
    );
    // Room for all, and time to share besides.
    this.#scale = new Scale(spans, lives, { columns: Math.max(UNITS, 4 * LEAST * turns), least: LEAST, cut: CUT });
    this.length = this.#scale.columns;
  }

  at(moment: Moment): number {
    return this.#scale.columnOf(moment);
  }

  ends({ state, from, to }: Span): readonly [number, number] {
    if (state !== 'running') return [this.at(from), this.at(to)];
    const { column, columns } = this.#scale.stretchOf(from.step);
    return [column, column + columns];
  }

  axis(window: Window, width: number, letter: number) {
    const scale = this.#scale;
    const perUnit = width / (window.to - window.from);
    const [low, high] = widened(window);
    const { stretches: all } = scale;
    const shown = all.slice(
      countBefore(all, ({ column, columns }) => column + columns <= low),
      countBefore(all, ({ column }) => column < high),
    );
    // The first and the last one are seen in part.
    const stretches = shown.map((stretch) => {
      const { from, to, column, columns } = stretch;
      const [begins, ends] = [Math.max(column, low), Math.min(column + columns, high)];
      if (begins === column && ends === column + columns) return stretch;
      const when = (unit: number) => from.at + ((to.at - from.at) * (unit - column)) / columns;
      return { ...stretch, from: { ...from, at: when(begins) }, to: { ...to, at: when(ends) } };
    });
    const axis: Axis = {
      stretches,
      crowded: false,
      columns: width,
      columnsPerMs: scale.columnsPerMs * perUnit,
      columnAt: (ms) => (scale.columnAt(ms) - window.from) * perUnit,
    };
    const cuts = shown
      .filter(({ cut }) => cut)
      .map(({ column, columns, from, to }) => ({
        from: (column - window.from) * perUnit,
        to: (column + columns - window.from) * perUnit,
        ms: to.at - from.at,
      }));
    return { ticks: stretches.length === 0 ? [] : ticks(axis, letter), cuts };
  }
}

/** Where the spans of a life begin and end. A poll has its place whole, and what is before it ends there. */
export function endsOf(layout: Layout, spans: readonly Span[]): { from: Float64Array; to: Float64Array } {
  const [from, to] = [new Float64Array(spans.length), new Float64Array(spans.length)];
  let next = Number.POSITIVE_INFINITY;
  for (let i = spans.length - 1; i >= 0; i--) {
    const [begins, ends] = layout.ends(spans[i] as Span);
    to[i] = Math.min(ends, next);
    next = from[i] = Math.min(begins, to[i] as number);
  }
  return { from, to };
}

/** A second is a second. Units are milliseconds. */
export class TrueTime implements Layout {
  readonly #first: number;
  readonly length: number;
  readonly closest = CLOSEST_MS;

  constructor({ since, now }: Spans) {
    this.#first = since.at;
    // A run may take no time at all.
    this.length = Math.max(now.at - since.at, CLOSEST_MS);
  }

  at({ at }: Moment): number {
    return at - this.#first;
  }

  ends({ from, to }: Span): readonly [number, number] {
    return [this.at(from), this.at(to)];
  }

  axis(window: Window, width: number, letter: number) {
    const perMs = width / (window.to - window.from);
    const [low, high] = widened(window);
    const [from, to] = [Math.max(0, low), Math.min(this.length, high)].map((at) => ({ at: at + this.#first, step: 0 }));
    if (from === undefined || to === undefined) return { ticks: [], cuts: [] };
    const axis: Axis = {
      stretches: [{ from, to, cut: false }],
      crowded: false,
      columns: width,
      columnsPerMs: perMs,
      columnAt: (ms) => (ms - this.#first - window.from) * perMs,
    };
    return { ticks: ticks(axis, letter), cuts: [] };
  }
}

function widened({ from, to }: Window): [number, number] {
  const more = (to - from) * MARGIN;
  return [from - more, to + more];
}

/** A window that is as wide as another one and lies within the layout, or as near to that as can be. */
export function within({ length, closest }: Layout, { from, to }: Window): Window {
  const width = Math.min(length, Math.max(closest, to - from));
  const start = Math.min(Math.max(0, from), length - width);
  return { from: start, to: start + width };
}

/** Zooms, and what is at `share` of the window stays where it is. */
export function zoomed(layout: Layout, { from, to }: Window, factor: number, share: number): Window {
  const fixed = from + (to - from) * share;
  const width = Math.min(layout.length, Math.max(layout.closest, (to - from) / factor));
  return within(layout, { from: fixed - width * share, to: fixed + width * (1 - share) });
}

/** Moves a window so that something can be seen. It stays where it is if that can be seen already. */
export function showing(layout: Layout, window: Window, unit: number): Window {
  const width = window.to - window.from;
  if (unit >= window.from + width * MARGIN && unit <= window.to - width * MARGIN) return window;
  if (window.from === 0 && unit < width * MARGIN) return window;
  if (window.to >= layout.length && unit > layout.length - width * MARGIN) return window;
  return within(layout, { from: unit - width / 2, to: unit + width / 2 });
}
