/**
 * Draws the part of a timeline that is to be seen.
 *
 * Nothing is told by colour alone: a poll is a tall bar, ready is a low one with an edge, waiting is a
 * line, and what ended badly has a cross.
 *
 * @module
 */
import { shortTime } from '../axis.ts';
import { wakerOf, wakesOf } from '../drawn-polls.ts';
import type { Life, Span, Wake } from '../spans.ts';
import { safeLine } from '../text.ts';
import { describe } from '../words.ts';
import { countBefore } from './history.ts';
import { endsOf, type Layout, type Window } from './layout.ts';
import type { Run } from './run.ts';

export const LANE = 26;
export const AXIS = 30;
/** Room for the cross of what ends with the run, to the right of it. */
export const RIGHT = 14;
const BAR = 16;
const LETTER = 6.7;
/** Of more wakes than this nobody could follow the arrows. */
const ARROWS = 400;

/** The colours of the page, as its style sheet has them. */
export type Palette = Readonly<Record<(typeof COLOURS)[number], string>>;

const COLOURS = [
  ...(['back', 'text', 'quiet', 'line', 'running', 'on-running', 'bad', 'ready', 'ready-edge'] as const),
  ...(['waiting', 'wake', 'cursor', 'lane', 'lane-here'] as const),
] as const;

/** Reads the colours that hold now. */
export function palette(element: Element): Palette {
  const style = getComputedStyle(element);
  return Object.fromEntries(COLOURS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()])) as Palette;
}

/** Where things are on the canvas. */
export interface View {
  readonly window: Window;
  readonly width: number;
  readonly height: number;
  /** Where lanes begin: names are to the left. */
  readonly left: number;
  /** How far the lanes are scrolled. */
  readonly top: number;
  readonly step: number;
  /** The task that the cursor is at. */
  readonly here: number | undefined;
}

/** A lane: its spans, and where each begins and ends in the layout. */
interface Row {
  readonly life: Life;
  readonly from: Float64Array;
  readonly to: Float64Array;
}

/** What is under the pointer. */
export type Found =
  | { readonly kind: 'span'; readonly life: Life; readonly span: Span }
  | { readonly kind: 'wake'; readonly wake: Wake }
  | { readonly kind: 'name'; readonly life: Life };

/** A timeline, ready to be drawn through any window. */
export class Picture {
  readonly layout: Layout;
  readonly #run: Run;
  readonly #rows: readonly Row[];
  readonly #rowOf: ReadonlyMap<number, number>;
  readonly #wakes: readonly Wake[];
  readonly #wakesAt: Float64Array;

  constructor(run: Run, layout: Layout) {
    this.#run = run;
    this.layout = layout;
    this.#rows = run.lives.map((life) => ({ life, ...endsOf(layout, life.spans) }));
    this.#rowOf = new Map(run.lives.map(({ task }, i) => [task.id, i]));
    this.#wakes = wakesOf(run.spans).filter(({ by }) => by.kind !== 'self');
    this.#wakesAt = Float64Array.from(this.#wakes, (wake) => layout.at(wake));
  }

  draw(context: CanvasRenderingContext2D, view: View, colours: Palette): void {
    const { width, height, left } = view;
    context.clearRect(0, 0, width, height);
    context.font = FONT;
    context.textBaseline = 'middle';
    const [first, last] = this.#shown(view);

    for (let i = first; i <= last; i++) this.#names(context, view, colours, i);
    context.save();
    context.beginPath();
    context.rect(left, 0, width - left, height);
    context.clip();
    this.#axis(context, view, colours);
    context.beginPath();
    context.rect(left, AXIS, width - left, height - AXIS);
    context.clip();
    for (let i = first; i <= last; i++) this.#lane(context, view, colours, i);
    this.#arrows(context, view, colours);
    context.restore();
    this.#cursor(context, view, colours);
  }

  /** What there is at a point of the canvas. */
  find(view: View, x: number, y: number): Found | undefined {
    const i = Math.floor((y - AXIS + view.top) / LANE);
    const row = this.#rows[i];
    if (row === undefined || y < AXIS) return undefined;
    if (x < view.left) return { kind: 'name', life: row.life };
    const wake = this.#arrowAt(view, x, y);
    if (wake !== undefined) return { kind: 'wake', wake };
    // What is narrower than a finger can be met all the same: the nearest within three pixels, a poll first.
    let best: { readonly span: Span; readonly away: number } | undefined;
    const [low, high] = this.#units(view, x - 3, x + 3);
    const begin = countBefore(row.to, (to) => to < low);
    for (let n = begin; n < row.from.length && (row.from[n] as number) <= high; n++) {
      const span = row.life.spans[n] as Span;
      const [from, to] = this.#pixels(view, row, n);
      const outside = x < from ? from - x : x > to ? x - to : 0;
      const away = outside + (span.state === 'running' ? 0 : outside === 0 ? 0.5 : 2);
      if (best === undefined || away < best.away) best = { span, away };
    }
    return best === undefined ? undefined : { kind: 'span', life: row.life, span: best.span };
  }

  #units({ window, left, width }: View, from: number, to: number): [number, number] {
    const perPixel = (window.to - window.from) / (width - left - RIGHT);
    return [window.from + (from - left) * perPixel, window.from + (to - left) * perPixel];
  }

  #x({ window, left, width }: View, unit: number): number {
    return left + ((unit - window.from) / (window.to - window.from)) * (width - left - RIGHT);
  }

  #shown({ top, height }: View): [number, number] {
    return [Math.floor(top / LANE), Math.min(this.#rows.length - 1, Math.floor((top + height - AXIS) / LANE))];
  }

  #names(context: CanvasRenderingContext2D, view: View, colours: Palette, i: number): void {
    const row = this.#rows[i];
    if (row === undefined) return;
    const y = AXIS + i * LANE - view.top;
    context.save();
    context.beginPath();
    context.rect(0, AXIS, view.width, view.height - AXIS);
    context.clip();
    const isHere = row.life.task.id === view.here;
    if (isHere) {
      context.fillStyle = colours['lane-here'];
      context.fillRect(0, y, view.width, LANE);
      context.fillStyle = colours.cursor;
      context.fillRect(0, y, 3, LANE);
    }
    context.fillStyle = colours.line;
    context.fillRect(0, y + LANE - 1, view.width, 1);
    context.beginPath();
    context.rect(0, y, view.left - 8, LANE);
    context.clip();
    context.fillStyle = colours.text;
    context.font = isHere ? `600 ${FONT}` : FONT;
    context.textAlign = 'left';
    context.fillText(fitted(safeLine(row.life.task.name), view.left - 20), 10, y + LANE / 2);
    context.restore();
  }

  #axis(context: CanvasRenderingContext2D, view: View, colours: Palette): void {
    const { window, width, left, height } = view;
    const { ticks, cuts } = this.layout.axis(window, width - left - RIGHT, LETTER);
    for (const { column, label } of ticks) {
      const x = Math.round(left + column) + 0.5;
      context.fillStyle = colours.line;
      context.fillRect(x - 0.5, 20, 1, height - 20);
      context.fillStyle = colours.quiet;
      context.textAlign = 'left';
      context.fillText(label, x + (column < 1 ? 2 : 4), 11);
    }
    for (const { from, to, ms } of cuts) {
      context.fillStyle = colours.lane;
      context.fillRect(left + from, AXIS, to - from, height - AXIS);
      context.strokeStyle = colours.waiting;
      context.setLineDash([2, 3]);
      context.strokeRect(left + from + 0.5, AXIS - 8.5, to - from - 1, height);
      context.setLineDash([]);
      const text = `${shortTime(ms)} left out`;
      if (to - from < (text.length + 1) * LETTER) continue;
      const x = left + (from + to) / 2;
      context.fillStyle = colours.back;
      context.fillRect(x - (text.length * LETTER) / 2 - 3, 15, text.length * LETTER + 6, 14);
      context.fillStyle = colours.quiet;
      context.textAlign = 'center';
      context.fillText(text, x, 22);
    }
  }

  #pixels(view: View, row: Row, n: number): [number, number] {
    const from = this.#x(view, row.from[n] as number);
    const to = this.#x(view, row.to[n] as number);
    const isPoll = row.life.spans[n]?.state === 'running';
    return [from, isPoll ? Math.max(to, from + 2) : to];
  }

  #lane(context: CanvasRenderingContext2D, view: View, colours: Palette, i: number): void {
    const row = this.#rows[i];
    if (row === undefined) return;
    const y = AXIS + i * LANE - view.top;
    const middle = y + LANE / 2;
    const { from: low, to: high } = view.window;
    const begin = countBefore(row.to, (to) => to < low);
    const polls: number[] = [];
    let free = Number.NEGATIVE_INFINITY;
    for (let n = begin; n < row.from.length && (row.from[n] as number) <= high; n++) {
      const span = row.life.spans[n] as Span;
      const [from, to] = this.#pixels(view, row, n);
      if (span.state === 'running') {
        // Several in one pixel are one.
        if (to < free) continue;
        free = to;
        polls.push(n);
        continue;
      }
      const width = to - from;
      if (width < 0.7) continue;
      if (span.state === 'waiting') {
        context.fillStyle = colours.waiting;
        context.fillRect(from, middle - 1.5, width, 3);
        this.#waits(context, view, colours, span, from, to, middle);
      } else {
        context.fillStyle = colours.ready;
        context.fillRect(from, middle - 4, width, 8);
        if (width > 3) {
          context.strokeStyle = colours['ready-edge'];
          context.strokeRect(from + 0.5, middle - 3.5, width - 1, 7);
        }
      }
    }
    for (const n of polls) {
      const { outcome, poll } = row.life.spans[n] as Span;
      const [from, to] = this.#pixels(view, row, n);
      const isBad = outcome === 'panicked' || outcome === 'aborted';
      context.fillStyle = isBad ? colours.bad : colours.running;
      context.beginPath();
      context.roundRect(from, middle - BAR / 2, to - from, BAR, Math.min(2, (to - from) / 3));
      context.fill();
      const label = `#${poll}`;
      if (to - from < (label.length + 1) * LETTER) continue;
      const start = Math.max(from, view.left);
      const end = Math.min(to, view.width);
      context.fillStyle = colours['on-running'];
      context.textAlign = 'center';
      context.fillText(label, (start + end) / 2, middle + 0.5);
    }
    this.#end(context, view, colours, row.life, middle);
  }

  /** What it waits for, in the middle of what is to be seen of it, if there is room. */
  #waits(
    ...[context, view, colours, span, from, to, middle]: [
      ...[CanvasRenderingContext2D, View, Palette, Span],
      ...[from: number, to: number, middle: number],
    ]
  ): void {
    const [start, end] = [Math.max(from, view.left), Math.min(to, view.width)];
    if (end - start < 40) return;
    const text = [span.awaits.map(describe), span.awaits.map(({ op }) => op)]
      .map((waits) => safeLine(waits.join(' | ')))
      .find((text) => text !== '' && (text.length + 2) * LETTER <= end - start);
    if (text === undefined) return;
    const width = (text.length + 1) * LETTER;
    const centre = (start + end) / 2;
    context.fillStyle = colours.back;
    context.fillRect(centre - width / 2, middle - 7, width, 14);
    context.fillStyle = colours.quiet;
    context.textAlign = 'center';
    context.fillText(text, centre, middle + 0.5);
  }

  #end(context: CanvasRenderingContext2D, view: View, colours: Palette, { ended, spans }: Life, middle: number): void {
    if (ended === null || ended.outcome === 'ok') return;
    const last = spans.at(-1);
    const unit = last?.state === 'running' ? this.layout.ends(last)[1] : this.layout.at(ended);
    const x = this.#x(view, unit) + 5;
    if (x < view.left - 5 || x > view.width + 5) return;
    context.strokeStyle = colours.bad;
    context.lineWidth = 2;
    context.beginPath();
    context.moveTo(x - 4, middle - 4);
    context.lineTo(x + 4, middle + 4);
    context.moveTo(x - 4, middle + 4);
    context.lineTo(x + 4, middle - 4);
    context.stroke();
    context.lineWidth = 1;
  }

  /** The wakes in the window; none if there are too many. */
  #arrowsIn({ window }: View): [number, number] {
    const begin = countBefore(this.#wakesAt, (at) => at < window.from);
    const end = countBefore(this.#wakesAt, (at) => at <= window.to);
    return end - begin > ARROWS ? [0, 0] : [begin, end];
  }

  /** Where an arrow begins and ends, from the one lane to the other. */
  #arrow(view: View, n: number): { readonly x: number; readonly tail: number; readonly head: number } | undefined {
    const wake = this.#wakes[n] as Wake;
    const to = this.#rowOf.get(wake.task.id);
    if (to === undefined) return undefined;
    const waker = wakerOf(wake);
    const from = waker === null ? undefined : this.#rowOf.get(waker.id);
    if (from === to) return undefined;
    const middle = (i: number) => AXIS + i * LANE - view.top + LANE / 2;
    const target = middle(to);
    const down = from === undefined || from < to;
    const tail = from === undefined ? target - 12 : middle(from) + (down ? BAR / 2 : -BAR / 2);
    return { x: this.#x(view, this.#wakesAt[n] as number), tail, head: target + (down ? -2 : 2) };
  }

  #arrows(context: CanvasRenderingContext2D, view: View, colours: Palette): void {
    const [begin, end] = this.#arrowsIn(view);
    context.strokeStyle = colours.wake;
    context.fillStyle = colours.wake;
    context.lineWidth = 1.5;
    for (let n = begin; n < end; n++) {
      const arrow = this.#arrow(view, n);
      if (arrow === undefined) continue;
      const { x, tail, head } = arrow;
      const side = head > tail ? -6 : 6;
      context.beginPath();
      context.moveTo(x, tail);
      context.lineTo(x, head + side);
      context.stroke();
      context.beginPath();
      context.moveTo(x, head);
      context.lineTo(x - 4, head + side);
      context.lineTo(x + 4, head + side);
      context.fill();
    }
    context.lineWidth = 1;
  }

  #arrowAt(view: View, x: number, y: number): Wake | undefined {
    const [begin, end] = this.#arrowsIn(view);
    for (let n = begin; n < end; n++) {
      const arrow = this.#arrow(view, n);
      if (arrow === undefined || Math.abs(arrow.x - x) > 4) continue;
      // Near its head it can be told from the bar that it comes from.
      const [low, high] = [Math.min(arrow.tail, arrow.head), Math.max(arrow.tail, arrow.head)];
      if (y >= low && y <= high && Math.abs(y - arrow.head) < Math.max(9, high - low - BAR / 2)) return this.#wakes[n];
    }
    return undefined;
  }

  /** Where an event is: in the layout. */
  unitOf(step: number): number {
    const event = this.#run.event(step);
    return event === undefined ? 0 : this.layout.at({ at: event.at, step });
  }

  #cursor(context: CanvasRenderingContext2D, view: View, colours: Palette): void {
    const x = Math.round(this.#x(view, this.unitOf(view.step)));
    if (x < view.left - 1 || x > view.width) return;
    context.fillStyle = colours.cursor;
    context.fillRect(x - 0.75, 18, 1.5, view.height - 18);
    context.beginPath();
    context.moveTo(x - 5, 16);
    context.lineTo(x + 5, 16);
    context.lineTo(x, 24);
    context.fill();
  }
}

const FONT = '11px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace';

function fitted(text: string, width: number): string {
  const room = Math.max(3, Math.floor(width / LETTER));
  const letters = Array.from(text);
  return letters.length <= room ? text : `${letters.slice(0, room - 1).join('')}…`;
}
