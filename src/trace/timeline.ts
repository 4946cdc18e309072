/**
 * The timeline: a lane for each task, and who woke whom.
 *
 * ```text
 *           0 s              1 s              2 s
 *           ├┈┈──────────────┼┈┈──────────────┼┈┈
 * main      █─▲█───recv() on channel 1──▲█─────▲█
 * producer  ▒█─────sleep(1s)───────────◆█
 * ```
 *
 * One task runs at a time, so each column has one █ at most: whoever was woken then was woken by that
 * task, and the arrow comes from there. How moments become columns is the idea of `scale.ts`.
 *
 * @module
 */
import type { RuntimeEvent } from '../runtime/events.ts';
import { shortTime, ticks } from './axis.ts';
import { wakerOf, wakesOf } from './drawn-polls.ts';
import { type Cell, Lane, lineOf } from './lane.ts';
import type { Page } from './page.ts';
import { Scale } from './scale.ts';
import { type Life, Spans } from './spans.ts';
import { count, type Line, safeLine } from './text.ts';
import { shorten, widthOf } from './width.ts';
import { describe } from './words.ts';

/** More lanes than fit on a screen tell nothing. */
export const SHOWN_LANES = 20;

const GAP = 2;

/** How a timeline is drawn: no two signs look alike without colour. */
export interface Signs {
  readonly running: string;
  readonly ready: string;
  readonly waiting: string;
  readonly absent: string;
  /** Woken by a task whose lane is below. */
  readonly fromBelow: string;
  readonly fromAbove: string;
  /** Woken by a timer, a socket, or when its yield was over. */
  readonly fromDriver: string;
  readonly dropped: string;
  /** The way of a wake through the lanes between. */
  readonly way: string;
  readonly crossing: string;
  readonly cut: string;
  readonly axis: string;
  readonly wide: string;
  readonly tick: string;
  readonly ellipsis: string;
  readonly micro: string;
}

/** For terminals that can show them. */
export const UNICODE: Signs = {
  running: '█',
  ready: '▒',
  waiting: '─',
  absent: '·',
  fromBelow: '▲',
  fromAbove: '▼',
  fromDriver: '◆',
  dropped: '✗',
  way: '│',
  crossing: '┼',
  cut: '╱',
  axis: '─',
  wide: '┈',
  tick: '┬',
  ellipsis: '…',
  micro: 'µs',
};

/** For those that cannot. */
export const ASCII: Signs = {
  running: '#',
  ready: '=',
  waiting: '-',
  absent: '.',
  fromBelow: '^',
  fromAbove: 'v',
  fromDriver: '*',
  dropped: 'x',
  way: '|',
  crossing: '+',
  cut: '/',
  axis: '_',
  wide: '~',
  tick: '|',
  ellipsis: '..',
  micro: 'us',
};

/** Shows a run, when it is over. */
export class Timeline {
  readonly #spans = new Spans();

  fold(event: RuntimeEvent): void {
    this.#spans.fold(event);
  }

  /** The picture, from 40 columns on. */
  lines(page: Page): Line[] {
    const all = this.#spans.lives();
    if (all.length === 0) return [];
    return new Picture(this.#spans, all, page).lines();
  }
}

/** One picture of a run. */
class Picture {
  readonly #spans: Spans;
  readonly #all: readonly Life[];
  readonly #lives: readonly Life[];
  readonly #signs: Signs;
  readonly #width: number;
  readonly #names: readonly string[];
  readonly #nameWidth: number;
  readonly #scale: Scale;
  readonly #lanes: readonly Lane[];

  constructor(spans: Spans, all: readonly Life[], page: Page) {
    this.#spans = spans;
    this.#all = all;
    this.#lives = all.slice(0, SHOWN_LANES);
    this.#signs = page.unicode ? UNICODE : ASCII;
    this.#width = Math.max(40, page.width);
    const room = Math.max(8, Math.floor(this.#width / 5));
    this.#names = this.#lives.map(({ task }) => shorten(safeLine(task.name), room, this.#signs.ellipsis));
    this.#nameWidth = Math.max(...this.#names.map(widthOf));
    // Letters that are made of several characters: whoever counts those must not break the line.
    const extra = Math.max(...this.#names.map((name) => Math.max(0, name.length - widthOf(name))));
    const columns = this.#width - this.#nameWidth - GAP - extra;
    this.#scale = new Scale(spans, this.#lives, { columns, least: 1, cut: '//_1.23 ms_//'.length });
    this.#lanes = this.#lives.map((life) => new Lane(life, this.#scale, this.#signs));
  }

  lines(): Line[] {
    this.#arrows();
    // Before text is written over them.
    const seen = new Set(this.#lanes.flatMap(({ cells }) => cells.map(({ text }) => text)));
    for (const lane of this.#lanes) lane.label((wait) => safeLine(wait.awaits.map(describe).join(' | ')));
    for (const lane of this.#lanes) lane.finish();
    return [
      ...this.#axis(),
      ...this.#lanes.map((lane, i) => this.#line(this.#names[i] ?? '', lane.cells)),
      ...this.#legend(seen),
    ];
  }

  /** The marks of who was woken, and the ways to them. */
  #arrows(): void {
    const { fromAbove, fromBelow, fromDriver } = this.#signs;
    const rows = new Map(this.#lives.map(({ task }, row) => [task.id, row]));
    for (const wake of wakesOf(this.#spans)) {
      const to = rows.get(wake.task.id);
      if (to === undefined || wake.by.kind === 'self') continue;
      const column = this.#scale.columnOf(wake);
      const waker = wakerOf(wake);
      // Those without a lane were spawned later, and would have theirs below.
      const from = waker === null ? null : (rows.get(waker.id) ?? Number.POSITIVE_INFINITY);
      const sign = from === null ? fromDriver : from > to ? fromBelow : fromAbove;
      if (from === to || !this.#lanes[to]?.mark(column, sign)) continue;
      if (from === null || this.#scale.crowded || !Number.isFinite(from)) continue;
      for (const lane of this.#lanes.slice(Math.min(from, to) + 1, Math.max(from, to))) lane.cross(column);
    }
  }

  #axis(): Line[] {
    const { tick, axis, wide, cut: cutSign, micro } = this.#signs;
    const scale = this.#scale;
    const labels: Cell[] = Array.from({ length: scale.columns }, () => ({ text: ' ', tone: 'time' }));
    const rule: Cell[] = labels.map(() => ({ text: axis, tone: 'time' }));
    const write = (cells: Cell[], column: number, text: string) => {
      for (const [i, char] of [...text].entries()) {
        if (column + i < cells.length) cells[column + i] = { text: char, tone: 'time' };
      }
    };
    for (const stretch of scale.stretches) {
      if (stretch.wide) write(rule, stretch.column, wide.repeat(stretch.columns));
      // The last column of a cut is as any other: there the next thing begins.
      if (!stretch.cut) continue;
      const time = ` ${shortTime(stretch.to.at - stretch.from.at, micro)} `;
      write(rule, stretch.column, `${cutSign}${center(time, stretch.columns - 3)}${cutSign}`);
    }
    for (const { column, label } of ticks(scale, 1, micro)) {
      write(labels, column, label);
      write(rule, column, tick);
    }
    return [this.#line('', labels), this.#line('', rule)];
  }

  #line(name: string, cells: readonly Cell[]): Line {
    const space = ' '.repeat(this.#nameWidth - widthOf(name) + GAP);
    return { pieces: [{ tone: 'task', text: name + space }, ...lineOf(cells)], indent: 0 };
  }

  /** What the signs mean: only those that are there. */
  #legend(seen: ReadonlySet<string>): Line[] {
    const signs = this.#signs;
    const arrows = [signs.fromBelow, signs.fromAbove].filter((sign) => seen.has(sign)).join(' ');
    const is = (sign: string, meaning: string) => (seen.has(sign) ? [`${sign} ${meaning}`] : []);
    const { stretches, crowded } = this.#scale;
    const hidden = this.#all.length - this.#lives.length;
    return [
      ...this.#small([
        ...is(signs.running, 'running'),
        ...is(signs.ready, 'ready'),
        ...is(signs.waiting, 'waiting'),
        ...is(signs.absent, 'not there'),
        ...is(signs.dropped, 'dropped or panicked'),
        ...(arrows === '' ? [] : [`${arrows} woken by the task that runs then`]),
        ...is(signs.fromDriver, 'woken by timer, socket or yield'),
        ...(stretches.some(({ wide }) => wide) && !crowded ? [`${signs.wide} a moment, drawn wide`] : []),
        ...(stretches.some(({ cut }) => cut) ? [`${signs.cut} time left out`] : []),
        ...(crowded ? ['several polls share a column'] : []),
      ]),
      ...(hidden > 0 ? this.#small([`${count(hidden, 'more task')} not shown`]) : []),
      ...(this.#spans.dropped > 0 ? this.#small(['a long run: only its last part is shown']) : []),
    ];
  }

  /** Short texts, as many in a line as fit. */
  #small(texts: readonly string[]): Line[] {
    const rows: string[] = [];
    for (const text of texts) {
      const last = rows.at(-1);
      if (last !== undefined && last.length + 3 + text.length <= this.#width) rows[rows.length - 1] += `   ${text}`;
      else rows.push(text);
    }
    return rows.map((text) => ({
      pieces: [{ tone: 'quiet', text: shorten(text, this.#width, this.#signs.ellipsis) }],
      indent: 0,
    }));
  }
}

function center(text: string, room: number): string {
  return text.padStart(Math.ceil((room + text.length) / 2)).padEnd(room);
}
