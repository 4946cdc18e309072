/**
 * What is written along the axis of a timeline: round times, in the unit that fits.
 *
 * @module
 */
import type { Scale, Stretch } from './scale.ts';

/** A time on the axis. */
export interface Tick {
  readonly column: number;
  readonly label: string;
}

/** What ticks have to know of where moments are: a scale, or the part of one that is to be seen. */
export interface Axis extends Pick<Scale, 'crowded' | 'columns' | 'columnsPerMs' | 'columnAt'> {
  readonly stretches: readonly Pick<Stretch, 'from' | 'to' | 'cut'>[];
}

/** `58 s`, `1.5 ms`, `20 µs`: a time in three figures at most. */
export function shortTime(ms: number, micro = 'µs'): string {
  const figures = (n: number) => String(Number(n.toPrecision(3)));
  if (ms === 0) return '0 s';
  if (ms >= 999.5) return `${ms >= 999_500 ? Math.round(ms / 1000) : figures(ms / 1000)} s`;
  return ms >= 0.9995 ? `${figures(ms)} ms` : `${figures(ms * 1000)} ${micro}`;
}

/** Every time on the clock, exactly: `60.001 s` where {@link shortTime} would say `60 s`. */
function exactTime(ms: number, micro: string): string {
  if (ms === 0) return '0 s';
  if (ms >= 1000) return `${Number((ms / 1000).toFixed(3))} s`;
  return ms >= 1 ? `${Number(ms.toFixed(3))} ms` : `${Number((ms * 1000).toFixed(1))} ${micro}`;
}

/**
 * Round times, as many as there is room for. A label of n characters takes n times `character` columns,
 * and one character more stays free behind it.
 */
export function ticks(scale: Axis, character: number, micro = 'µs'): Tick[] {
  const first = scale.stretches[0]?.from.at ?? 0;
  const all = (scale.stretches.at(-1)?.to.at ?? first) - first;
  const perMs = scale.crowded && all > 0 ? scale.columns / all : scale.columnsPerMs;
  const found: Tick[] = [];
  let free = 0;
  const add = (ms: number) => {
    const column = scale.columnAt(ms);
    const fits = (label: string) => column >= free && column + label.length * character <= scale.columns;
    const label = [exactTime(ms, micro), shortTime(ms, micro)].find(fits);
    if (label === undefined) return;
    found.push({ column, label });
    free = column + (label.length + 1) * character;
  };
  add(first);
  for (const { from, to } of plain(scale)) {
    if (from > first) add(roundedUp(from));
    if (perMs === 0) continue;
    const step = roundStep((8 * character) / perMs);
    for (let n = Math.floor(from / step) + 1; n * step <= to + 1e-9; n++) add(n * step);
  }
  return found;
}

/** What lies between the cuts, in ms. */
function plain(scale: Axis): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let open = false;
  for (const { from, to, cut } of scale.stretches) {
    const last = found.at(-1);
    if (cut) open = false;
    else if (open && last !== undefined) last.to = to.at;
    else {
      found.push({ from: from.at, to: to.at });
      open = true;
    }
  }
  return found;
}

/** 1, 2 or 5 times a power of ten that is not less. */
export function roundStep(ms: number): number {
  const power = 10 ** Math.floor(Math.log10(ms));
  return power * ([1, 2, 5].find((n) => n * power >= ms) ?? 10);
}

/** To a whole microsecond. */
function roundedUp(ms: number): number {
  return Math.ceil(ms * 1000 - 1e-6) / 1000;
}
