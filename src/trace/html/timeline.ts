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
import { Compressed, type Layout, showing, TrueTime, type Window, within, zoomed } from './layout.ts';
import { AXIS, type Found, LANE, type Palette, Picture, palette, RIGHT, type View } from './picture.ts';
import { FOLDER, nameOf, type Run, taskOf } from './run.ts';

/** How much a press of a button zooms, and of the wheel a pixel. */
const STEP = 1.6;
const PER_PIXEL = 1.0025;

/** A hand that moved less than this has clicked, in pixels. */
const CLICK = 5;

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
export class Timeline {
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
  readonly #pointers = new Map<number, { x: number; y: number }>();
  #moved = 0;
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
        'aria-describedby': 'timeline-keys',
      },
      this.#canvas,
      h('div', { class: 'spacer' }),
    );
    this.#lanes.style.height = `${AXIS + rows * LANE}px`;
    const spacer = this.#lanes.lastElementChild as HTMLElement;
    // The canvas takes its own height of it.
    spacer.style.height = `${Math.max(0, run.lives.length - rows) * LANE}px`;

    this.element = section('timeline', 'Timeline', this.#tools(), this.#lanes, this.#tip, legend());
    this.#listen();
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
        button('−', () => this.#zoomBy(1 / STEP), { 'aria-label': 'Zoom out', title: 'Zoom out (−)' }),
        button('+', () => this.#zoomBy(STEP), { 'aria-label': 'Zoom in', title: 'Zoom in (+)' }),
        button('Fit', () => this.#see({ from: 0, to: this.#layout.length }), { title: 'The whole run (0)' }),
      ),
      h(
        'span',
        { class: 'group', role: 'group', 'aria-label': 'Move' },
        button('◂', () => this.#pan(-0.25), { 'aria-label': 'Move left', title: 'Move left (Shift+←)' }),
        button('▸', () => this.#pan(0.25), { 'aria-label': 'Move right', title: 'Move right (Shift+→)' }),
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

  #zoomBy(factor: number, share?: number): void {
    // Around the cursor, if it is to be seen.
    const { from, to } = this.#window;
    const here = (this.#picture.unitOf(this.#cursor.step) - from) / (to - from);
    this.#see(zoomed(this.#layout, this.#window, factor, share ?? (here >= 0 && here <= 1 ? here : 0.5)));
  }

  #pan(share: number): void {
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

  #listen(): void {
    const lanes = this.#lanes;
    lanes.addEventListener('scroll', () => this.#draw(), { passive: true });
    lanes.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    lanes.addEventListener('pointerdown', (event) => this.#down(event));
    lanes.addEventListener('pointermove', (event) => this.#move(event));
    lanes.addEventListener('pointerup', (event) => this.#up(event, true));
    lanes.addEventListener('pointercancel', (event) => this.#up(event, false));
    lanes.addEventListener('pointerleave', () => {
      this.#tip.hidden = true;
    });
    lanes.addEventListener('keydown', (event) => {
      if (!event.altKey && !event.metaKey && !event.ctrlKey && this.#key(event.key, event.shiftKey)) {
        event.preventDefault();
        event.stopPropagation();
      }
    });
  }

  #point({ clientX, clientY }: MouseEvent): { x: number; y: number } {
    const { left, top } = this.#lanes.getBoundingClientRect();
    return { x: clientX - left - this.#lanes.clientLeft, y: clientY - top - this.#lanes.clientTop };
  }

  /** Where it is in the window, from 0 to 1. */
  #share(x: number): number {
    const { left, width } = this.#view;
    return Math.min(1, Math.max(0, (x - left) / (width - left - RIGHT)));
  }

  #wheel(event: WheelEvent): void {
    const { x } = this.#point(event);
    const { left } = this.#view;
    // Over the names the lanes scroll, and the page with them.
    if (x < left) return;
    const pixels =
      event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : event.deltaMode === WheelEvent.DOM_DELTA_PAGE ? 400 : 1;
    const [across, along] = [event.deltaX * pixels, event.deltaY * pixels];
    if (event.shiftKey || Math.abs(across) > Math.abs(along)) {
      event.preventDefault();
      this.#pan((across === 0 ? along : across) / (this.#view.width - left - RIGHT));
      return;
    }
    // Who reads down the page is not held up by a picture of which all is to be seen.
    if (along > 0 && this.zoom <= 1.0001 && !event.ctrlKey) return;
    event.preventDefault();
    // A pinch on a touchpad comes as a wheel with Ctrl, and in small steps.
    this.#zoomBy(PER_PIXEL ** (-along * (event.ctrlKey ? 4 : 1)), this.#share(x));
  }

  #down(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.#pointers.set(event.pointerId, this.#point(event));
    if (this.#pointers.size === 1) this.#moved = 0;
    this.#tip.hidden = true;
  }

  #move(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    const now = this.#point(event);
    if (before === undefined) {
      if (event.pointerType === 'mouse') this.#hover(now);
      return;
    }
    const others = [...this.#pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.#pointers.set(event.pointerId, now);
    const { left, width } = this.#view;
    this.#moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (this.#moved < CLICK && others.length === 0) return;
    // From here on it is no click, and the hand may leave the picture.
    this.#lanes.setPointerCapture(event.pointerId);
    const [other] = others;
    if (other === undefined) {
      this.#pan((before.x - now.x) / (width - left - RIGHT));
      if (event.pointerType === 'mouse') this.#lanes.scrollTop += before.y - now.y;
      return;
    }
    const [apart, was] = [
      Math.hypot(now.x - other.x, now.y - other.y),
      Math.hypot(before.x - other.x, before.y - other.y),
    ];
    if (was > 0) this.#zoomBy(Math.max(1, apart) / Math.max(1, was), this.#share((now.x + other.x) / 2));
    this.#pan((before.x - now.x) / 2 / (width - left - RIGHT));
  }

  #up(event: PointerEvent, isClick: boolean): void {
    const wasDown = this.#pointers.delete(event.pointerId);
    if (!isClick || !wasDown || this.#moved >= CLICK) return;
    const { x, y } = this.#point(event);
    const found = this.#picture.find(this.#view, x, y);
    if (found !== undefined) this.#choose(found);
  }

  #choose(found: Found): void {
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

  #hover({ x, y }: { readonly x: number; readonly y: number }): void {
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
        if (shift) this.#pan(by * 0.1);
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
        this.#zoomBy(STEP);
        return true;
      case '-':
      case '_':
        this.#zoomBy(1 / STEP);
        return true;
      case '0':
        this.#see({ from: 0, to: this.#layout.length });
        return true;
      case 'Enter':
      case ' ':
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

function legend(): HTMLElement {
  const key = (name: string, text: string) =>
    h('li', {}, h('span', { class: `key ${name}`, 'aria-hidden': 'true' }), text);
  return h(
    'div',
    { class: 'legend' },
    h(
      'ul',
      { 'aria-label': 'What the signs mean' },
      key('running', 'running'),
      key('ready', 'ready'),
      key('waiting', 'waiting'),
      key('woken', 'woken by the task at the other end; short: by timer, socket or yield'),
      key('ended', 'panicked or dropped'),
    ),
    h(
      'p',
      { id: 'timeline-keys', class: 'hint' },
      'Wheel or pinch zooms, dragging moves. Keys: ',
      ...keys([
        ['← →', 'events'],
        ['↑ ↓', 'lanes'],
        ['Page ↑ ↓', 'polls'],
        ['+ − 0', 'zoom'],
        ['Enter', 'why'],
      ]),
    ),
  );
}

function keys(all: readonly (readonly [string, string])[]): (Node | string)[] {
  return all.flatMap(([key, what], i) => [i === 0 ? '' : ', ', h('kbd', {}, key), ` ${what}`]);
}
