/**
 * Where in a picture a moment of a run is.
 *
 * One thread runs one task at a time, so a run is a row of polls with idle stretches between them:
 *
 * ```text
 *   poll   poll   idle 2 s             poll   idle 58 s   poll   idle 1 ms
 *   ├──────┼──────┼────────────────────┼──────┼──⫽⫽──┼──────┼──┤
 *   drawn wide    true to scale                   cut
 * ```
 *
 * Time alone would not do: on the virtual clock a poll takes none of it. So each poll has columns of its
 * own, in the order in which they happened, and what is left goes to those that took long, true to
 * scale. An idle stretch that would squeeze all others is cut to a few columns.
 *
 * Where there are more polls than columns, several share one: the picture is then `crowded`.
 *
 * @module
 */

import { turnsOf, wakerOf, wakesOf } from './drawn-polls.ts';
import type { Life, Moment, Spans, Wake } from './spans.ts';

/** A part of a run, and its columns. It has the moment it begins with, and not the one it ends with. */
export interface Stretch {
  readonly from: Moment;
  readonly to: Moment;
  /** What the thread does: polls a task, drops one in its turn, or nothing. */
  readonly kind: 'poll' | 'drop' | 'idle';
  /** Was it cut short? */
  readonly cut: boolean;
  /** Has it more columns than its time would give it? */
  readonly wide: boolean;
  readonly column: number;
  readonly columns: number;
}

/** How much room there is, in columns of whatever the picture is made of. */
export interface Room {
  readonly columns: number;
  /** The least that a poll gets, and a moment in which somebody is woken. */
  readonly least: number;
  /** What an idle stretch gets that is cut. */
  readonly cut: number;
}

/** An idle stretch is cut if it takes longer than so many times all the rest together. */
const LONG = 10;

/** While no time passes a moment may still get so many times what it needs. */
const SPARE = 4;

interface Part {
  readonly from: Moment;
  readonly to: Moment;
  readonly kind: Stretch['kind'];
  /** The least it needs. */
  least: number;
  /** What it gets; a fraction only where it is crowded. */
  columns: number;
  cut: boolean;
  /** Is what it gets as much as its time says? */
  toScale: boolean;
}

/** Moments to columns. */
export class Scale {
  readonly stretches: readonly Stretch[];
  /** How many columns are used. */
  readonly columns: number;
  /** Do several polls share a column? */
  readonly crowded: boolean;
  /** How many columns a millisecond has where the picture is true to scale; 0 if no time passes. */
  readonly columnsPerMs: number;

  /** Lays out the lives that are to be shown. */
  constructor(spans: Spans, lives: readonly Life[], room: Room) {
    const parts = split(spans, lives, room);
    const needed = parts.reduce((sum, { least }) => sum + least, 0);
    this.crowded = needed > room.columns;
    if (this.crowded) squeeze(parts, room);
    this.columnsPerMs = this.crowded ? 0 : share(parts, room);
    let end = 0;
    this.stretches = parts.map(({ from, to, kind, cut, toScale, columns }) => {
      const column = Math.min(Math.floor(end), room.columns - 1);
      end += columns;
      // Sums of fractions: what is a whole number must stay one.
      if (Math.abs(end - Math.round(end)) < 1e-6) end = Math.round(end);
      return {
        from,
        to,
        kind,
        cut,
        wide: !cut && !toScale && !this.crowded,
        column,
        columns: Math.max(1, Math.floor(end) - column),
      };
    });
    this.columns = Math.min(room.columns, Math.ceil(end));
  }

  /** The stretch that has an event. */
  stretchOf(step: number): Stretch {
    return this.stretches[this.#last(({ from }) => from.step <= step)] as Stretch;
  }

  /** Where a moment is. */
  columnOf({ at, step }: Moment): number {
    const stretch = this.stretchOf(step);
    const { from, to } = stretch;
    const passed = to.at > from.at ? (at - from.at) / (to.at - from.at) : (step - from.step) / (to.step - from.step);
    return within(stretch, passed);
  }

  /** Where the clock first shows so many ms. */
  columnAt(ms: number): number {
    const isBefore = ({ to }: Stretch) => to.at < ms;
    // The first one that ends then or later, or else the last.
    const first = isBefore(this.stretches[0] as Stretch) ? this.#last(isBefore) + 1 : 0;
    const stretch = this.stretches[Math.min(first, this.stretches.length - 1)] as Stretch;
    const { from, to } = stretch;
    return within(stretch, to.at > from.at ? (ms - from.at) / (to.at - from.at) : 0);
  }

  /** The number of the last such stretch. They are in order: halves the rest until one is left. */
  #last(isBefore: (stretch: Stretch) => boolean): number {
    let [low, high] = [0, this.stretches.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (isBefore(this.stretches[middle] as Stretch)) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function within({ column, columns }: Stretch, passed: number): number {
  const share = Number.isFinite(passed) ? Math.min(1, Math.max(0, passed)) : 0;
  return column + Math.min(columns - 1, Math.floor(share * columns));
}

/** A run as turns, and the idle stretches between them in which time passes or somebody is woken. */
function split(spans: Spans, lives: readonly Life[], room: Room): Part[] {
  const { since, now, outcome } = spans;
  const { least } = room;
  const wakes = wakesOf(spans);
  const end = { at: now.at, step: now.step + 1 };
  const over = spans.over ?? end;
  const turns = turnsOf(lives, wakes).filter(({ from, to }) => to.step > since.step && from.step < over.step);
  const finest = (now.at - since.at) / room.columns;
  const shown = new Set(lives.map(({ task }) => task.id));
  const reader = new WakeReader(wakes.filter(({ task }) => shown.has(task.id)));
  const idle = { kind: 'idle' as const, columns: 0, cut: false, toScale: false };
  const parts: Part[] = [];
  let last = since;

  for (const [i, turn] of turns.entries()) {
    const awoke = reader.upTo(turn.from.step).length > 0;
    const passed = turn.from.at - last.at;
    // Before the first task there is nothing to be seen.
    const isStart = last.step === 0;
    if (awoke || (passed > finest && !isStart)) {
      parts.push({ ...idle, from: last, to: turn.from, least: passed > 0 ? 2 * least : least });
      last = turn.from;
    }
    // A task that ends wakes whoever joins it: that is the last thing in its last turn.
    const inside = reader.upTo(turns[i + 1]?.from.step ?? now.step + 1, turn.to.step, turn.task.id);
    const to = { at: turn.to.at, step: Math.max(turn.to.step, (inside.at(-1)?.step ?? 0) + 1) };
    const from = { at: isStart ? last.at : turn.from.at, step: last.step };
    parts.push({ ...idle, kind: turn.kind, from, to, least });
    last = to;
  }
  if (outcome !== 'returned' && outcome !== 'threw' && last.step < over.step) {
    // Whoever is left waits, and what for is to be seen, before all of it is dropped.
    parts.push({ ...idle, from: last, to: over, least: Math.max(least, Math.floor(room.columns / 3)) });
    last = over;
  }
  if (last.step < end.step) parts.push({ ...idle, from: last, to: end, least });
  return parts;
}

/** Reads wakes in order, each of them once. */
class WakeReader {
  readonly #wakes: readonly Wake[];
  #next = 0;

  constructor(wakes: readonly Wake[]) {
    this.#wakes = wakes;
  }

  /** Those before a step; from `mine` on only while they are a given task's. */
  upTo(step: number, mine = Number.POSITIVE_INFINITY, task = -1): Wake[] {
    const read: Wake[] = [];
    for (;;) {
      const wake = this.#wakes[this.#next];
      if (wake === undefined || wake.step >= step) return read;
      if (wake.step >= mine && wakerOf(wake)?.id !== task) return read;
      read.push(wake);
      this.#next += 1;
    }
  }
}

/** Gives each part the least it needs, and shares the rest by time. Answers the columns of a millisecond. */
function share(parts: Part[], room: Room): number {
  for (const part of longIdle(parts, room)) {
    part.cut = true;
    part.least = part.columns = room.cut;
  }
  const timed = parts.filter((part) => !part.cut && length(part) > 0);
  const needed = parts.reduce((sum, { least }) => sum + least, 0);
  for (const part of parts) part.columns = part.least;
  if (timed.length === 0) {
    const times = Math.max(1, Math.min(SPARE, Math.floor(room.columns / needed)));
    for (const part of parts) if (!part.cut && part.kind !== 'drop') part.columns *= times;
    return 0;
  }
  // Whoever needs more than its time would give it keeps the least, and the others share what is left.
  const all = parts.reduce((sum, { least }) => sum + least, 0);
  let perMs = 0;
  for (let sharing = timed, before = -1; sharing.length !== before; ) {
    before = sharing.length;
    const kept = all - sharing.reduce((sum, { least }) => sum + least, 0);
    perMs = (room.columns - kept) / sharing.reduce((sum, part) => sum + length(part), 0);
    const enough = sharing.filter((part) => length(part) * perMs >= part.least);
    if (enough.length > 0) sharing = enough;
  }
  const sharing = timed.filter((part) => length(part) * perMs >= part.least);
  let [exact, given] = [0, 0];
  for (const part of sharing) {
    part.toScale = true;
    exact += length(part) * perMs;
    // Rounded sums, so that the columns add up.
    part.columns = Math.max(part.least, Math.round(exact + 1e-9) - given);
    given += part.columns;
  }
  return perMs;
}

/** Idle stretches that would squeeze all others, if there are others that are worth it. */
function longIdle(parts: readonly Part[], { columns, cut }: Room): Part[] {
  const idle = parts.filter((part) => part.kind === 'idle' && length(part) > 0).sort((a, b) => length(b) - length(a));
  const needed = parts.reduce((sum, { least }) => sum + least, 0);
  let rest = parts.reduce((sum, part) => sum + length(part), 0);
  let long = 0;
  for (const [i, part] of idle.slice(0, -2).entries()) {
    rest -= length(part);
    if ((i + 1) * cut > columns / 2 || needed + (i + 1) * cut > columns) break;
    if (length(part) > LONG * rest) long = i + 1;
  }
  return idle.slice(0, long);
}

function length({ from, to }: Part): number {
  return to.at - from.at;
}

/** More is needed than there is: polls get equal parts of at least half of it, idle stretches the rest by time. */
function squeeze(parts: readonly Part[], { columns }: Room): void {
  const [busy, idle] = [parts.filter(({ kind }) => kind !== 'idle'), parts.filter(({ kind }) => kind === 'idle')];
  const wanted = idle.reduce((sum, { least }) => sum + least, 0);
  const free = Math.min(wanted, busy.length === 0 ? columns : columns / 2);
  const time = idle.reduce((sum, part) => sum + length(part), 0);
  for (const part of busy) part.columns = (columns - free) / busy.length;
  for (const part of idle) part.columns = free * (time > 0 ? length(part) / time : 1 / idle.length);
}
