/**
 * The timeline as a picture: one SVG file that needs nothing else, for a README or a slide.
 *
 * No script, no font and nothing from the network, so it shows wherever an image shows. Light or dark
 * as the reader's system is; what each piece is stands in its tooltip.
 *
 * @module
 */
import { shortTime, ticks } from '../axis.ts';
import { wakerOf, wakesOf } from '../drawn-polls.ts';
import { aboutSpan, aboutWake } from '../piece-words.ts';
import { Scale, type Stretch } from '../scale.ts';
import type { Life, Span, Spans, Wake } from '../spans.ts';
import { count, safeLine, seconds } from '../text.ts';
import { SHOWN_LANES } from '../timeline.ts';
import { shorten, widthOf } from '../width.ts';
import { describe } from '../words.ts';
import { element, escaped } from './markup.ts';

const WIDTH = 900;
const NAME = 130;
const EDGE = 16;
const LANE = 30;
const BAR = 16;
/** The first lane begins here: above it are the title and the axis. */
const TOP = 76;
/** How wide a letter is: an estimate, for fonts differ. */
const LETTER = 6.7;
const LETTERS_OF_A_NAME = 17;
/** The least that a poll gets. */
const LEAST = 7;

const STYLE = `
  svg { color-scheme: light dark; }
  text { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; fill: #57606a; }
  .title { font: 600 15px system-ui, sans-serif; fill: #1f2328; }
  .name { fill: #1f2328; }
  .back { fill: #ffffff; }
  .lane { stroke: #d0d7de; stroke-dasharray: 1 5; }
  .grid { stroke: #d0d7de; }
  .running { fill: #1a7f37; }
  .panicked, .aborted { fill: #cf222e; }
  .ready { fill: #fae17d; stroke: #9a6700; }
  .waiting { fill: #8c959f; }
  .wake { stroke: #0969da; fill: none; stroke-width: 1.5; }
  .head { fill: #0969da; }
  .end { stroke: #cf222e; stroke-width: 2; }
  .cut { fill: #ffffff; stroke: #8c959f; stroke-dasharray: 2 3; }
  @media (prefers-color-scheme: dark) {
    text { fill: #9198a1; }
    .title, .name { fill: #f0f6fc; }
    .back { fill: #0d1117; }
    .lane, .grid { stroke: #3d444d; }
    .running { fill: #3fb950; }
    .panicked, .aborted { fill: #f85149; }
    .ready { fill: #6b4f00; stroke: #d29922; }
    .waiting { fill: #656c76; }
    .wake { stroke: #4493f8; }
    .head { fill: #4493f8; }
    .end { stroke: #f85149; }
    .cut { fill: #0d1117; stroke: #656c76; }
  }
`;

/** Where there are too many polls they are drawn so far apart, or a long run would make a huge file. */
const DOT = 3;

/** What a picture says beside what happened. */
interface Frame {
  readonly title: string;
  /** Places in files are told from here. */
  readonly folder: string;
}

/** Draws a run, and answers the text of the file. */
export function timelineSvg(spans: Spans, frame: Frame): string {
  return new Drawing(spans, frame).text();
}

class Drawing {
  readonly #spans: Spans;
  readonly #title: string;
  readonly #folder: string;
  readonly #all: readonly Life[];
  readonly #lives: readonly Life[];
  readonly #scale: Scale;

  constructor(spans: Spans, { title, folder }: Frame) {
    this.#spans = spans;
    this.#title = safeLine(title);
    this.#folder = folder;
    this.#all = spans.lives();
    this.#lives = this.#all.slice(0, SHOWN_LANES);
    const columns = WIDTH - 2 * EDGE - NAME;
    this.#scale = new Scale(spans, this.#lives, { columns, least: LEAST, cut: 110 });
  }

  text(): string {
    const legendAt = TOP + this.#lives.length * LANE + 24;
    const notes = this.#notes();
    const height = legendAt + notes.length * 16 + 14;
    return [
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title desc">`,
      element('title', { id: 'title' }, escaped(this.#title)),
      element('desc', { id: 'desc' }, escaped(this.#description())),
      `<style>${STYLE}</style>`,
      element('rect', { class: 'back', width: WIDTH, height, rx: 6 }),
      label('title', EDGE, 28, this.#title),
      ...this.#axis(legendAt - 16),
      ...this.#lives.map((life, row) => this.#lane(life, row)),
      ...this.#wakes(),
      ...legend(legendAt),
      ...notes.map((note, i) => label('note', EDGE, legendAt + 4 + 16 * (i + 1), note)),
      '</svg>\n',
    ].join('\n');
  }

  /** What a person hears who does not see the picture. */
  #description(): string {
    const told = this.#lives.map(({ task, spans, ended }) => {
      const polls = spans.filter(({ state }) => state === 'running').length;
      return `${safeLine(task.name)}: ${count(polls, 'poll')}, ${ended === null ? 'not over' : ended.outcome}.`;
    });
    return [
      `A timeline of ${count(this.#all.length, 'task')} on one thread, ${seconds(this.#spans.now.at)}.`,
      ...told,
    ].join(' ');
  }

  #notes(): string[] {
    const hidden = this.#all.length - this.#lives.length;
    const { stretches, crowded } = this.#scale;
    return [
      ...(stretches.some(({ wide }) => wide) ? ['Each poll is drawn wide enough to be seen, and in its order.'] : []),
      ...(crowded ? ['There are more polls than fit: they overlap.'] : []),
      ...(hidden > 0 ? [`${count(hidden, 'more task')} not shown.`] : []),
      ...(this.#spans.dropped > 0 ? ['A long run: only its last part is shown.'] : []),
    ];
  }

  #axis(bottom: number): string[] {
    const marks = ticks(this.#scale, LETTER).map(({ column, label: time }) => {
      const x = left(column);
      return line('grid', x, TOP - 18, x, bottom) + label('time', x, TOP - 24, time);
    });
    const cuts = this.#scale.stretches.filter(({ cut }) => cut).map((cut) => cutAt(cut, bottom));
    return [...marks, ...cuts];
  }

  #lane(life: Life, row: number): string {
    const name = safeLine(life.task.name);
    const y = TOP + row * LANE;
    const middle = y + LANE / 2;
    return [
      '<g>',
      label('name', EDGE, middle + 4, shorten(name, LETTERS_OF_A_NAME, '…')),
      line('lane', left(0), middle, left(this.#scale.columns), middle),
      ...this.#bars(life.spans, y),
      ...this.#end(life, middle),
      '</g>',
    ].join('\n');
  }

  /** What would be narrower than a dot is left out; a poll is only where another one is drawn already. */
  #bars(spans: readonly Span[], y: number): string[] {
    const [bars, texts]: [string[], string[]] = [[], []];
    const dot = this.#scale.crowded ? DOT : 1;
    let free = 0;
    for (const span of spans) {
      const { column, columns } = this.#placeOf(span);
      const runs = span.state === 'running';
      if (runs ? column < free : columns < dot) continue;
      if (runs) free = column + dot;
      bars.push(bar(span, left(column), columns, y, aboutSpan(span, this.#folder)));
      const text = [span.awaits.map(describe), span.awaits.map(({ op }) => op)]
        .map((waits) => safeLine(waits.join(' | ')))
        .find((text) => text !== '' && (widthOf(text) + 2) * LETTER <= columns);
      if (text !== undefined) texts.push(onBack(left(column + columns / 2), y + LANE / 2, text));
    }
    return [...bars, ...texts];
  }

  #placeOf({ from, to, state }: Span): { column: number; columns: number } {
    if (state === 'running') return this.#scale.stretchOf(from.step);
    const column = this.#scale.columnOf(from);
    return { column, columns: this.#scale.columnOf(to) - column };
  }

  #end({ ended, task }: Life, middle: number): string[] {
    if (ended === null || ended.outcome === 'ok') return [];
    const stretch = this.#scale.stretchOf(ended.step);
    const after = stretch.column + stretch.columns + 3;
    const x = left(stretch.kind === 'poll' ? after : this.#scale.columnOf(ended) + 3);
    const lines = line('end', x - 4, middle - 4, x + 4, middle + 4) + line('end', x - 4, middle + 4, x + 4, middle - 4);
    return [`<g>${tip(`${safeLine(task.name)} ${ended.outcome} at ${seconds(ended.at)}`)}${lines}</g>`];
  }

  #wakes(): string[] {
    if (this.#scale.crowded) return [];
    const rows = new Map(this.#lives.map(({ task }, row) => [task.id, row]));
    return wakesOf(this.#spans).flatMap((wake) => {
      const to = rows.get(wake.task.id);
      if (to === undefined || wake.by.kind === 'self') return [];
      const waker = wakerOf(wake);
      // Those without a lane would have theirs below.
      return [this.#wake(wake, to, waker === null ? undefined : (rows.get(waker.id) ?? rows.size))];
    });
  }

  /** An arrow from the lane of whoever woke it; a short one from above if that was no task. */
  #wake(wake: Wake, to: number, from: number | undefined): string {
    const stretch = this.#scale.stretchOf(wake.step);
    const x = left(stretch.kind !== 'idle' ? stretch.column + stretch.columns / 2 : this.#scale.columnOf(wake));
    const target = TOP + to * LANE + LANE / 2;
    const down = from === undefined || from < to;
    const tail = from === undefined ? target - 13 : TOP + from * LANE + LANE / 2 + (down ? BAR / 2 : -BAR / 2);
    const head = target + (down ? -2 : 2);
    const side = down ? -6 : 6;
    const triangle = element('path', { class: 'head', d: `M${x} ${head}l-4 ${side}h8z` });
    return `<g>${tip(aboutWake(wake, this.#folder))}${line('wake', x, tail, x, head + side)}${triangle}</g>`;
  }
}

function bar({ state, outcome }: Span, x: number, width: number, y: number, text: string): string {
  const about = tip(text);
  if (state === 'waiting') {
    return element('rect', { class: state, x, y: y + LANE / 2 - 1.5, width, height: 3 }, about);
  }
  const inset = state === 'ready' ? 4 : 0;
  const fate = outcome === 'panicked' || outcome === 'aborted' ? outcome : state;
  const top = y + (LANE - BAR) / 2 + inset;
  return element(
    'rect',
    { class: state === 'ready' ? state : fate, x, y: top, width, height: BAR - 2 * inset, rx: 1.5 },
    about,
  );
}

function cutAt({ column, columns, from, to }: Stretch, bottom: number): string {
  const middle = left(column + columns / 2);
  const time = label('time', middle, TOP - 8, `${shortTime(to.at - from.at)} left out`, 'middle');
  return (
    element('rect', { class: 'cut', x: left(column), y: TOP - 2, width: columns, height: bottom - TOP + 2 }) + time
  );
}

function legend(y: number): string[] {
  const middle = y - 4;
  const head = element('path', { class: 'head', d: `M${EDGE + 245} ${middle + 3}l-4 -6h8z` });
  const texts: readonly (readonly [number, string])[] = [
    [22, 'running'],
    [104, 'ready'],
    [172, 'waiting'],
    [256, 'woken by the task at the other end; a short arrow: by timer, socket or yield'],
  ];
  return [
    element('rect', { class: 'running', x: EDGE, y: middle - 6, width: 16, height: 12, rx: 1.5 }),
    element('rect', { class: 'ready', x: EDGE + 82, y: middle - 4, width: 16, height: 8, rx: 1.5 }),
    element('rect', { class: 'waiting', x: EDGE + 148, y: middle - 1.5, width: 18, height: 3 }),
    line('wake', EDGE + 245, middle - 8, EDGE + 245, middle - 3) + head,
    ...texts.map(([x, text]) => label('key', EDGE + x, middle + 4, text)),
  ];
}

/** Columns begin to the right of the names. */
function left(column: number): number {
  return EDGE + NAME + column;
}

function line(name: string, x1: number, y1: number, x2: number, y2: number): string {
  return element('line', { class: name, x1, y1, x2, y2 });
}

function label(name: string, x: number, y: number, text: string, anchor?: 'middle'): string {
  return element('text', { class: name, x, y, ...(anchor && { 'text-anchor': anchor }) }, escaped(text));
}

/** Text over a line, which must not shine through. */
function onBack(x: number, y: number, text: string): string {
  const width = (widthOf(text) + 1) * LETTER;
  const back = element('rect', { class: 'back', x: x - width / 2, y: y - 7, width, height: 14 });
  return back + label('waits', x, y + 4, text, 'middle');
}

function tip(text: string): string {
  return element('title', {}, escaped(text));
}
