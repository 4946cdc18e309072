/**
 * The timeline: a canvas to look at, and what hands and keys do to it.
 *
 * A canvas tells a screen reader nothing. So the cursor's events are read out, and what is drawn is
 * told once more in words (`lane-words.ts`).
 *
 * @module
 */
import { aboutSpan, aboutWake } from '../piece-words.ts';
import type { Cursor } from './cursor.ts';
import { button, h, oncePerFrame, section } from './dom.ts';
import { type Handled, listen, type Point } from './hands.ts';
import { Compressed, type Layout, showing, TrueTime, type Window, within, zoomed } from './layout.ts';
import { KEYS, legend } from './legend.ts';
import { AXIS, type Found, LANE, type Palette, Picture, palette, RIGHT, type View } from './picture.ts';
import { FOLDER, nameOf, type Run, taskOf } from './run.ts';

/** How much a press of a button zooms. */
const STEP = 1.6;

/** The tallest that it is, in lanes. */
const MOST_LANES = 14;

/** What a timeline asks of the rest of the page. */
interface Wishes {
  /** A task was chosen. */
  readonly task: (id: number) => void;
  /** Somebody wants to know why the poll at the cursor happened. */
  readonly why: () => void;
}

/** Shows a run as lanes. */
export class Timeline implements Handled {
  readonly element: HTMLElement;
  readonly #run: Run;
  readonly #cursor: Cursor;
  readonly #wishes: Wishes;
  readonly #canvas = h('canvas', { 'aria-hidden': 'true' });
  readonly #lanes: HTMLElement;
  readonly #tip = h('div', { class: 'tip', hidden: true });
  readonly #pictures = new Map<'compressed' | 'true', Picture>();
  readonly #draw = oncePerFrame(() => this.#drawNow());
  #mode: 'compressed' | 'true' = 'compressed';
  #window: Window;
  #colours: Palette | undefined;
  /** The task that the cursor is at, or was at last: not every event is a task's. */
  #here: number | undefined;

  constructor(run: Run, cursor: Cursor, wishes: Wishes) {
    this.#run = run;
    this.#cursor = cursor;
    this.#wishes = wishes;
    this.#window = { from: 0, to: this.#layout.length };
    const rows = Math.min(MOST_LANES, Math.max(2, run.lives.length));
    this.#lanes = h(
      'div',
      {
        class: 'lanes',
        tabindex: 0,
        role: 'application',
        'aria-label': 'Timeline: a lane for each task',
        'aria-describedby': KEYS,
      },
      this.#canvas,
      h('div', { class: 'spacer' }),
    );
    this.#lanes.style.height = `${AXIS + rows * LANE}px`;
    const spacer = this.#lanes.lastElementChild as HTMLElement;
    // The canvas takes its own height of it.
    spacer.style.height = `${Math.max(0, run.lives.length - rows) * LANE}px`;

    this.element = section('timeline', 'Timeline', this.#tools(), this.#lanes, this.#tip, legend());
    this.#lanes.addEventListener('scroll', () => this.#draw(), { passive: true });
    this.#lanes.addEventListener('keydown', (event) => {
      if (!event.altKey && !event.metaKey && !event.ctrlKey && this.#key(event.key, event.shiftKey)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
    listen(this.#lanes, this);
    cursor.follow(() => this.#follow());
    new ResizeObserver(() => this.#draw()).observe(this.#lanes);
    for (const query of ['(prefers-color-scheme: dark)', 'print', '(forced-colors: active)']) {
      matchMedia(query).addEventListener('change', () => {
        this.#colours = undefined;
        this.#drawNow();
      });
    }
  }

  get #picture(): Picture {
    let picture = this.#pictures.get(this.#mode);
    if (picture === undefined) {
      const { spans } = this.#run;
      picture = new Picture(this.#run, this.#mode === 'true' ? new TrueTime(spans) : new Compressed(spans));
      this.#pictures.set(this.#mode, picture);
    }
    return picture;
  }

  get #layout(): Layout {
    return this.#picture.layout;
  }

  /** How often all of it would fit into what is to be seen. */
  get zoom(): number {
    return this.#layout.length / (this.#window.to - this.#window.from);
  }

  #tools(): HTMLElement {
    const mode = h('select', { id: 'timeline-mode' });
    mode.append(
      h('option', { value: 'compressed' }, 'idle time compressed'),
      h('option', { value: 'true' }, 'true time'),
    );
    mode.addEventListener('change', () => {
      this.#mode = mode.value === 'true' ? 'true' : 'compressed';
      this.#see({ from: 0, to: this.#layout.length });
    });
    return h(
      'div',
      { class: 'tools' },
      h('label', { for: 'timeline-mode', class: 'away' }, 'Time axis'),
      mode,
      h(
        'span',
        { class: 'group', role: 'group', 'aria-label': 'Zoom' },
        button('−', () => this.zoomBy(1 / STEP), { 'aria-label': 'Zoom out', title: 'Zoom out (−)' }),
        button('+', () => this.zoomBy(STEP), { 'aria-label': 'Zoom in', title: 'Zoom in (+)' }),
        button('Fit', () => this.#see({ from: 0, to: this.#layout.length }), { title: 'The whole run (0)' }),
      ),
      h(
        'span',
        { class: 'group', role: 'group', 'aria-label': 'Move' },
        button('◂', () => this.pan(-0.25), { 'aria-label': 'Move left', title: 'Move left (Shift+←)' }),
        button('▸', () => this.pan(0.25), { 'aria-label': 'Move right', title: 'Move right (Shift+→)' }),
      ),
    );
  }

  // Seeing

  get #view(): View {
    const width = this.#lanes.clientWidth;
    return {
      window: this.#window,
      width,
      height: this.#lanes.clientHeight,
      left: Math.round(Math.min(140, Math.max(64, width * 0.18))),
      top: this.#lanes.scrollTop,
      step: this.#cursor.step,
      here: this.#here,
    };
  }

  #drawNow(): void {
    const view = this.#view;
    const { width, height } = view;
    if (width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(height * ratio)];
    if (this.#canvas.width !== wide || this.#canvas.height !== high) {
      this.#canvas.width = wide;
      this.#canvas.height = high;
      this.#canvas.style.width = `${width}px`;
      this.#canvas.style.height = `${height}px`;
    }
    const context = this.#canvas.getContext('2d');
    if (context === null) return;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.#colours ??= palette(this.#lanes);
    this.#picture.draw(context, view, this.#colours);
    this.#lanes.dataset.zoom = this.zoom.toPrecision(6);
    this.#lanes.dataset.from = String(this.#window.from / this.#layout.length);
  }

  #see(window: Window): void {
    this.#window = within(this.#layout, window);
    this.#tip.hidden = true;
    this.#draw();
  }

  /** Zooms around a place of the window, from 0 to 1; without one around the cursor. */
  zoomBy(factor: number, share?: number): void {
    // Around the cursor, if it is to be seen.
    const { from, to } = this.#window;
    const here = (this.#picture.unitOf(this.#cursor.step) - from) / (to - from);
    this.#see(zoomed(this.#layout, this.#window, factor, share ?? (here >= 0 && here <= 1 ? here : 0.5)));
  }

  /** Moves by a share of the window. */
  pan(share: number): void {
    const { from, to } = this.#window;
    const by = (to - from) * share;
    this.#see({ from: from + by, to: to + by });
  }

  #follow(): void {
    this.#window = showing(this.#layout, this.#window, this.#picture.unitOf(this.#cursor.step));
    const event = this.#run.event(this.#cursor.step);
    this.#here = (event === undefined ? undefined : taskOf(event)?.id) ?? this.#here;
    const row = this.#run.lives.findIndex(({ task }) => task.id === this.#here);
    if (row >= 0) {
      const { scrollTop, clientHeight } = this.#lanes;
      const [top, bottom] = [row * LANE, (row + 1) * LANE - (clientHeight - AXIS)];
      if (scrollTop > top) this.#lanes.scrollTop = top;
      else if (scrollTop < bottom) this.#lanes.scrollTop = bottom;
    }
    this.#draw();
  }

  // Hands

  /** What of the picture is to the left of the lanes, and how wide the lanes are, in pixels. */
  get room(): { readonly left: number; readonly width: number } {
    const { left, width } = this.#view;
    return { left, width: width - left - RIGHT };
  }

  scrollBy(pixels: number): void {
    this.#lanes.scrollTop += pixels;
  }

  click({ x, y }: Point): void {
    const found = this.#picture.find(this.#view, x, y);
    if (found === undefined) return;
    switch (found.kind) {
      case 'name':
        this.#wishes.task(found.life.task.id);
        break;
      case 'wake':
        this.#cursor.go(found.wake.step);
        break;
      case 'span':
        this.#cursor.go(found.span.from.step);
        break;
      default:
        found satisfies never;
    }
  }

  /** A mouse is there, or nowhere. */
  hover(point: Point | undefined): void {
    const { x, y } = point ?? { x: -1, y: -1 };
    const found = this.#picture.find(this.#view, x, y);
    this.#lanes.style.cursor = found === undefined ? '' : 'pointer';
    if (found === undefined) {
      this.#tip.hidden = true;
      return;
    }
    this.#tip.textContent = about(found);
    this.#tip.hidden = false;
    const { offsetWidth: width } = this.#tip;
    const room = this.element.clientWidth;
    this.#tip.style.left = `${Math.max(4, Math.min(room - width - 4, x + this.#lanes.offsetLeft + 12))}px`;
    this.#tip.style.top = `${y + this.#lanes.offsetTop + 18}px`;
  }

  // Keys

  /** Answers whether the key means something here. */
  #key(key: string, shift: boolean): boolean {
    switch (key) {
      case 'ArrowLeft':
      case 'ArrowRight': {
        const by = key === 'ArrowLeft' ? -1 : 1;
        if (shift) this.pan(by * 0.1);
        else this.#cursor.by(by);
        return true;
      }
      case 'ArrowUp':
      case 'ArrowDown':
        this.#nextLane(key === 'ArrowUp' ? -1 : 1);
        return true;
      case 'PageUp':
      case 'PageDown':
        this.#nextTurn(key === 'PageUp' ? -1 : 1);
        return true;
      case 'Home':
        this.#cursor.go(1);
        return true;
      case 'End':
        this.#cursor.go(this.#cursor.last);
        return true;
      case '+':
      case '=':
        this.zoomBy(STEP);
        return true;
      case '-':
      case '_':
        this.zoomBy(1 / STEP);
        return true;
      case '0':
        this.#see({ from: 0, to: this.#layout.length });
        return true;
      case 'Enter':
        this.#enter();
        return true;
      default:
        return false;
    }
  }

  #nextLane(by: 1 | -1): void {
    const { lives } = this.#run;
    const row = lives.findIndex(({ task }) => task.id === this.#here);
    const next = lives[row < 0 ? 0 : row + by];
    if (next !== undefined) this.#cursor.go(this.#run.near(next.task.id, this.#cursor.step));
  }

  #nextTurn(by: 1 | -1): void {
    const here = this.#here;
    const next = here === undefined ? undefined : this.#run.turnBeside(here, this.#cursor.step, by);
    if (next !== undefined) this.#cursor.go(next);
  }

  /** To the beginning of the poll, and on to why it happened. */
  #enter(): void {
    const here = this.#here;
    const turn = here === undefined ? undefined : this.#run.turnAt(here, this.#cursor.step);
    if (turn !== undefined) this.#cursor.go(turn.step);
    this.#wishes.why();
  }
}

function about(found: Found): string {
  switch (found.kind) {
    case 'name':
      return nameOf(found.life.task);
    case 'wake':
      return aboutWake(found.wake, FOLDER);
    case 'span':
      return `${nameOf(found.life.task)}: ${aboutSpan(found.span, FOLDER)}`;
    default:
      return found satisfies never;
  }
}
